/** What a user picks from: applications of COC, enterprise projects of EPS. */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { call, DETAIL, LIST_V2, refuses, stops } from './client.cts';
import { type StandIn, startStandIn } from './index.cts';
import { signed } from './signer.cts';

const APPLICATIONS = '/v1/applications';
const PROJECTS = '/v1.0/enterprise-projects';
const now = 1_795_510_800_000;

let standIn: StandIn;
let eps: StandIn;
beforeAll(async () => {
	standIn = await startStandIn({ now: () => now, eps: true });
	eps = { ...standIn, url: standIn.epsUrl! };
	for (const [name, code] of [
		['Payment', 'pay'],
		['支付 (test)', 'pay-test'],
		['Orders', 'orders'],
	] as const) {
		standIn.addApplication({ name, code });
	}
	const [payment] = standIn.applications;
	standIn.addApplication({ name: 'Payment page', code: 'page', parent_id: payment!.id });
	for (let index = 1; index <= 3; index++) standIn.addEnterpriseProject();
	standIn.addEnterpriseProject({ name: 'Old project', status: 2 });
});
afterAll(() => standIn.close());

async function applications(query: string) {
	const { status, json } = await call(standIn, `${APPLICATIONS}?${query}`);
	expect(status).toBe(200);
	// Bare, without the envelope.
	expect(Object.keys(json as object)).toEqual(['data']);
	return (json as { data: Array<{ id: string; name: string }> }).data;
}
const names = (entries: Array<{ name: string }>) => entries.map(({ name }) => name);

describe('applications', () => {
	test('have every documented field', async () => {
		const [first] = await applications('limit=1');
		expect(first).toEqual({
			id: expect.stringMatching(/^[0-9a-f]{24}$/),
			name: 'Payment',
			code: 'pay',
			domain_id: expect.any(String),
			parent_id: null,
			description: null,
			path: first!.id,
			is_collection: false,
			create_time: now,
			update_time: now,
		});
	});

	test('come in pages, each after the last one of the page before', async () => {
		const pages: string[][] = [];
		let marker = '';
		for (;;) {
			const page = await applications(`limit=2${marker && `&marker=${marker}`}`);
			if (page.length === 0) break;
			pages.push(names(page));
			marker = page.at(-1)!.id;
		}
		expect(pages).toEqual([
			['Payment', '支付 (test)'],
			['Orders', 'Payment page'],
		]);
	});

	test('are found by part of the name, by code, by parent and by ids', async () => {
		const [payment, , orders] = standIn.applications;
		const found = async (query: string) => names(await applications(`limit=200&${query}`));
		expect(await found('name_like=Pay')).toEqual(['Payment', 'Payment page']);
		expect(await found(`name_like=${encodeURIComponent('支付')}`)).toEqual(['支付 (test)']);
		expect(await found('code=pay')).toEqual(['Payment']);
		expect(await found(`parent_id=${payment!.id}`)).toEqual(['Payment page']);
		expect(await found(`id_list=${orders!.id}`)).toEqual(['Orders']);
		expect(await found(`id_list=${orders!.id}&id_list=${payment!.id}`)).toEqual([
			'Payment',
			'Orders',
		]);
	});

	test.each([
		['', /\[limit\] is missing/],
		['limit=0', /\[limit\].*1 to 200/],
		['limit=201', /\[limit\]/],
		['limit=1&limit=2', /\[limit\] is there more than once/],
		['limit=1&name_like=', /\[name_like\]/],
		[`limit=1&name_like=${'x'.repeat(51)}`, /\[name_like\]/],
		['limit=1&code=ab', /\[code\].*3 to 50/],
		['limit=1&marker=short', /\[marker\].*24/],
		[`limit=1${'&id_list=a'.repeat(101)}`, /\[id_list\].*1 to 100/],
		['limit=1&offset=1', /\[offset\] is unknown/],
	])('are refused with %p', async (query, message) => {
		refuses(await call(standIn, `${APPLICATIONS}?${query}`), message);
	});

	test('need a permission of their own', async () => {
		const token = standIn.issueToken({ permissions: ['coc:ticket:list'] });
		stops(await call(standIn, `${APPLICATIONS}?limit=1`, { token }), 403, 'APIGW.0302');
	});
});

describe('enterprise projects', () => {
	const projects = async (query = '') => {
		const { status, json } = await call(eps, `${PROJECTS}${query}`);
		expect(status).toBe(200);
		return (json as { enterprise_projects: Array<{ name: string }> }).enterprise_projects;
	};

	test('are at an endpoint of their own, with the default one first', async () => {
		const all = await projects();
		expect(all[0]).toEqual({ id: '0', name: 'default', status: 1 });
		expect(names(all.slice(1))).toEqual(['Project 1', 'Project 2', 'Project 3', 'Old project']);
		stops(await call(standIn, PROJECTS), 404, 'APIGW.0101');
		stops(await call(eps, `${APPLICATIONS}?limit=1`), 404, 'APIGW.0101');
	});

	test('come in pages, counted in projects', async () => {
		expect(names(await projects('?limit=2&offset=1'))).toEqual(['Project 1', 'Project 2']);
		expect(await projects('?limit=2&offset=5')).toEqual([]);
	});

	test('are found by name and status', async () => {
		expect(names(await projects('?name=project'))).toEqual(['Old project']);
		expect(names(await projects('?status=1&name=Pro'))).toHaveLength(3);
		expect(names(await projects('?status=2'))).toEqual(['Old project']);
	});

	test.each(['limit=1001', 'limit=0', 'offset=-1', 'status=3', 'page=1'])(
		'are refused with %s',
		async (query) => {
			refuses(await call(eps, `${PROJECTS}?${query}`), new RegExp(query.split('=')[0]!));
		},
	);

	test('need the same login as COC, a token or a signature', async () => {
		stops(await call(eps, PROJECTS, { token: 'wrong' }), 401, 'APIGW.0301');
		const key = standIn.issueAccessKey();
		const headers = signed(eps.url, key, PROJECTS, now);
		expect((await call(eps, PROJECTS, { token: null, headers })).status).toBe(200);
		const other = `${PROJECTS}?limit=1`;
		stops(await call(eps, other, { token: null, headers }), 401, 'APIGW.0301');
	});

	test('are there only when asked for', async () => {
		const plain = await startStandIn();
		await plain.close();
		expect(plain.epsUrl).toBeNull();
	});
});

test('tickets tell the names of their application and enterprise project', async () => {
	const [application] = standIn.applications;
	const project = standIn.addEnterpriseProject({ name: 'Shop' });
	const { number } = standIn.addTicket({
		application: application!.id,
		enterpriseProject: project.id,
	});
	const { text } = await call(standIn, LIST_V2, { body: { fields: ['enum_data_list'] } });
	for (const [prop_id, biz_id, name] of [
		['current_cloud_service_id', application!.id, 'Payment'],
		['enterprise_project_id', project.id, 'Shop'],
	]) {
		expect(text).toContain(JSON.stringify({ prop_id, biz_id, name_zh: name, name_en: name }));
	}
	const detail = await call(standIn, `${DETAIL}/${number}`);
	expect(detail.json).toMatchObject({
		data: {
			enum_data_list: expect.arrayContaining([
				{
					filed_key: 'current_cloud_service_id',
					enum_key: application!.id,
					name_zh: 'Payment',
					name_en: 'Payment',
				},
			]),
		},
	});
});
