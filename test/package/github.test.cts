/** What GitHub reads of the repository: what its workflows may do and with what, and its forms. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import manifest from '../../package.json';

const github = join(__dirname, '..', '..', '.github');
const folder = join(github, 'workflows');
const workflows = readdirSync(folder).map(
	(file) => [file, readFileSync(join(folder, file), 'utf8')] as const,
);
const publish = new Map(workflows).get('publish.yml') ?? '';

/** The jobs of a workflow, by their names. */
function jobsOf(workflow: string): Map<string, string> {
	const [, jobs = ''] = workflow.split(/^jobs:\n/m);
	const parts = jobs.split(/^ {2}(?=[\w-]+:$)/m).filter((part) => /^[\w-]/.test(part));
	return new Map(parts.map((part) => [part.slice(0, part.indexOf(':')), part]));
}

test.each(workflows)('%s pins every action to a commit and says its version', (_, text) => {
	const actions = [...text.matchAll(/uses: (.+)/g)].map(([, action]) => action);
	expect(actions.length).toBeGreaterThan(0);
	for (const action of actions)
		expect(action).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
});

test('one action has one commit everywhere', () => {
	const actions = workflows.flatMap(([, text]) =>
		[...text.matchAll(/uses: ([\w/-]+)@(\w+)/g)].map(([, name, commit]) => `${name} ${commit}`),
	);
	const names = [...new Set(actions)].map((action) => action.split(' ')[0]);
	expect(names).toEqual([...new Set(names)]);
});

test.each(workflows)('%s runs scripts that there are', (_, text) => {
	const scripts = [...text.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name]) => name);
	for (const name of scripts) expect(Object.keys(manifest.scripts)).toContain(name);
});

test('the only job that can sign in to npm runs nothing but npm, after the tests', () => {
	const jobs = jobsOf(publish);
	expect([...jobs.keys()]).toEqual(['test', 'publish', 'release']);
	const able = workflows.flatMap(([file, text]) =>
		[...jobsOf(text)]
			.filter(([, job]) => /id-token: write|secrets\./.test(job))
			.map(([name]) => `${file} ${name}`),
	);
	expect(able).toEqual(['publish.yml publish']);
	const job = jobs.get('publish') ?? '';
	expect(job).toMatch(/^ {4}needs: test$/m);
	expect(job).toMatch(/^ {4}environment: npm$/m);
	expect(job).not.toMatch(/checkout|npm (ci|install|run|test|exec)|npx|node /);
	expect(job).toContain('--provenance');
	expect(publish.split('jobs:')[0]).toMatch(/^permissions: \{\}$/m);
});

test('what is published was checked before', () => {
	expect(jobsOf(publish).get('test')).toMatch(
		/npm run --silent releasable[^]+npm test[^]+npm pack/,
	);
});

test('who reports a bug is asked for what it takes to see it, and for no secret', () => {
	const form = readFileSync(join(github, 'ISSUE_TEMPLATE', 'bug.yml'), 'utf8');
	for (const id of ['n8n-version', 'package-version', 'operation', 'details']) {
		expect(form).toContain(`id: ${id}\n`);
	}
	expect(form).toMatch(/\*\*Never a token, password or access key\*\*/);
	expect(form).toMatch(/no token, password or access key in this issue\.\n +required: true/);
});
