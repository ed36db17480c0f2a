// The list behind the field Application.
import { expect, test } from '@jest/globals';
import { modes } from '../../../support/deployment.cts';
import { reasonOf, useLists } from './support.cts';

const d = useLists();
const APPLICATIONS = '/v1/applications';
const VIEW = '/v1/application-view/search';
const names = (pages: Array<Array<{ name: string }>>) => pages.flat().map(({ name }) => name);

test.each(modes)('%s: all applications are there, sorted by name', async (mode) => {
	const shop = d.coc.addApplication({ name: 'Shop', code: 'shop-1' });
	d.coc.addApplication({ name: 'billing', code: 'bill' });
	d.coc.addApplication({ name: 'App 10', code: 'App 10' });
	d.coc.addApplication({ name: 'App 9', code: 'a9' });
	const pages = await d.pages('searchApplications', d.credential(mode));
	expect(names(pages)).toEqual(['App 9 (a9)', 'App 10', 'billing (bill)', 'Shop (shop-1)']);
	expect(pages[0]?.at(-1)?.value).toBe(shop.id);
});

test('more than COC gives at once are read to the end', async () => {
	for (let index = 0; index < 850; index++) d.coc.addApplication();
	const pages = await d.pages('searchApplications', d.credential('token'));
	expect(new Set(pages.flat().map(({ value }) => value)).size).toBe(850);
	const sorted = names(pages);
	expect(sorted.slice(0, 3)).toEqual([
		'Application 1 (app-1)',
		'Application 2 (app-2)',
		'Application 3 (app-3)',
	]);
	// The last one finds nothing more: that a page is short doesn't say so.
	expect(d.coc.requests).toHaveLength(6);
});

test('a COC that gives fewer at a time than it is asked for is read to the end', async () => {
	d.coc.quirks.mostPerPage = 100;
	for (let index = 0; index < 250; index++) d.coc.addApplication();
	const pages = await d.pages('searchApplications', d.credential('token'));
	expect(new Set(pages.flat().map(({ value }) => value)).size).toBe(250);
});

test('a COC that gives the same page for ever is told of', async () => {
	const data = Array.from({ length: 200 }, (_, index) => ({ id: `id-${index}`, name: 'Shop' }));
	const body = JSON.stringify({ data });
	d.coc.fault({ kind: 'raw', status: 200, body, match: { path: APPLICATIONS }, times: 99 });
	const listed = await d.list('searchApplications', d.credential('token'));
	expect(reasonOf(listed)).toMatch(/not all of them could be read.*'By ID'/);
	expect(d.coc.requests).toHaveLength(2);
});

test('one without an ID is left out, which is said at the end of the list', async () => {
	const data = [{ id: 'a', name: 'Shop' }, { name: 'Nameless' }];
	const body = JSON.stringify({ data });
	d.coc.fault({ kind: 'raw', status: 200, body, match: { path: APPLICATIONS } });
	d.coc.fault({ kind: 'raw', status: 200, body: '{"data":[]}', match: { path: APPLICATIONS } });
	const [shown = []] = await d.pages('searchApplications', d.credential('token'));
	expect(names([shown])).toEqual(['Shop', 'Not shown: 1 entry without an ID']);
});

test('a very long list goes on where it ended', async () => {
	for (let index = 0; index < 5_300; index++) d.coc.addApplication();
	const pages = await d.pages('searchApplications', d.credential('token'));
	expect(pages).toHaveLength(2);
	expect(new Set(pages.flat().map(({ value }) => value)).size).toBe(5_300);
});

test('a search finds by a part of name, code or ID, in large letters or small', async () => {
	for (let index = 0; index < 450; index++) d.coc.addApplication();
	const { id } = d.coc.addApplication({ name: 'Payments', code: 'pay-me' });
	for (const filter of ['PAYM', 'ay-m', id]) {
		const pages = await d.pages('searchApplications', d.credential('token'), { filter });
		expect(pages).toEqual([[{ name: 'Payments (pay-me)', value: id }]]);
	}
});

test('a COC without this call is asked for the application view, where others stand among them', async () => {
	d.coc.fault({ kind: 'status', status: 404, code: 'APIGW.0101', match: { path: APPLICATIONS } });
	const data = [
		{ id: 'a', name: 'Shop', code: 'shop', type: 'APPLICATION' },
		{ id: 'b', name: 'Shop web', code: 'web', type: 'COMPONENT' },
		{ id: 'c', name: 'Shop web servers', code: 'web', type: 'GROUP' },
	];
	const body = JSON.stringify({ data });
	d.coc.fault({ kind: 'raw', status: 200, body, match: { path: VIEW } });
	d.coc.fault({ kind: 'raw', status: 200, body: '{"data":[]}', match: { path: VIEW } });
	const pages = await d.pages('searchApplications', d.credential('token'));
	expect(pages).toEqual([[{ name: 'Shop (shop)', value: 'a' }]]);
	expect(d.coc.requests.map(({ url }) => url)).toEqual([
		`${APPLICATIONS}?limit=200`,
		`${VIEW}?is_collection=false&limit=200`,
		`${VIEW}?is_collection=false&limit=200&marker=c`,
	]);
});

test('who may not list them is told so', async () => {
	const token = d.coc.issueToken({ permissions: [] });
	const listed = await d.list('searchApplications', d.credential('token', { token }));
	expect(reasonOf(listed)).toMatch(/HTTP 403.*coc:application:list.*'By ID'/);
});

test('a refusal of COC is told in its words', async () => {
	const message = 'The application center is closed.';
	for (const status of [200, 400]) {
		const match = { path: APPLICATIONS };
		d.coc.fault({ kind: 'errorCode', code: 'COC.00010002', message, status, match });
		const listed = await d.list('searchApplications', d.credential('token'));
		expect(reasonOf(listed)).toContain(`"${message}" (COC.00010002, HTTP ${status})`);
	}
});

test('none at all is an empty list', async () => {
	expect(await d.pages('searchApplications', d.credential('token'))).toEqual([[]]);
});
