import { chromium, type Browser, type Page } from 'playwright-core';
import { owner } from './rest.cts';

export type Theme = 'light' | 'dark';

/** Starts Chromium without the talk of its own to the internet. */
export async function startBrowser(): Promise<Browser> {
	return await chromium.launch({
		executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
		args: [
			'--no-sandbox',
			'--disable-gpu',
			'--disable-quic',
			'--no-first-run',
			'--disable-background-networking',
			'--disable-component-update',
			'--disable-sync',
		],
	});
}

/** Opens n8n's editor, signed in, in a page that can reach nothing but this machine. */
export async function openEditor(browser: Browser, url: string, theme: Theme): Promise<Page> {
	const page = await browser.newPage({
		viewport: { width: 1440, height: 900 },
		colorScheme: theme,
		locale: 'en-US',
	});
	// A busy machine is no reason to fail.
	page.setDefaultTimeout(180_000);
	await page.route('**', (route) =>
		new URL(route.request().url()).hostname === '127.0.0.1' ? route.continue() : route.abort(),
	);
	await page.goto(`${url}/signin`);
	await page.fill('input[name=emailOrLdapLoginId]', owner.email);
	await page.fill('input[name=password]', owner.password);
	await page.keyboard.press('Enter');
	await page.waitForURL(({ pathname }) => !pathname.includes('signin'));
	return page;
}

/** The part of the editor that n8n's own tests know by this name. */
export function part(page: Page, testId: string) {
	return page.locator(`[data-test-id="${testId}"]`);
}

/** Opens a workflow and waits for its nodes. */
export async function openWorkflow(page: Page, url: string, id: string): Promise<void> {
	await page.goto(`${url}/workflow/${id}`);
	await part(page, 'canvas-node').first().waitFor();
}

/** Opens a node's panel by a double-click. */
export async function openNode(page: Page, name: string): Promise<void> {
	await part(page, 'canvas-node').filter({ hasText: name }).dblclick();
	await part(page, 'ndv').waitFor();
}
