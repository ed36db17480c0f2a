// n8n as a source of alarms, and its integration key, which shows nowhere.
import { describe, expect, test } from '@jest/globals';
import type { INodeParameters } from 'n8n-workflow';
import type { Fault } from '../../../../standin/index.cts';
import { type Fields, useCoc } from '../../../../support/coc.cts';
import { failureOf, outputOf } from '../../../../support/operate.cts';
import { useIamUser } from '../../../../support/iamUser.cts';
import { useQuickTime } from '../../../../support/quickTime.cts';
import { alarmParameters, KEY, onAlarms, ownAlarm, reported, useKey } from './support.cts';

useQuickTime();
const coc = useCoc();
const report = (fields: Fields = {}, parameters: INodeParameters = {}) =>
	onAlarms(coc, 'report', [ownAlarm(fields)], { parameters });
const byId = (value: string) => ({ __rl: true, mode: 'id', value });
const required =
	'"alarmId":"db-7-disk","alarmName":"Disk full","alarmLevel":"Critical","time":1774192506000,"nameSpace":"SYS.RDS","alarmDesc":"98 % in use","alarmSource":"n8n"';

describe('the request is the one that the COC contract shows', () => {
	test.each<[string, INodeParameters, string]>([
		['with what is required', {}, `{${required},"alarmStatus":"alarm"}`],
		[
			'with every field',
			{
				additionalFields: {
					...{
						additional: '{"disk": {"free": 2}}',
						application: byId('app'),
						region: 'cn-north-4',
					},
					...{ resourceId: 'i-7', resourceName: 'db-7', url: 'https://monitoring.example.com/7' },
				},
			},
			`{${required},"regionId":"cn-north-4","applicationId":"app","resourceName":"db-7","resourceId":"i-7","URL":"https://monitoring.example.com/7","alarmStatus":"alarm","additional":{"disk":{"free":2}}}`,
		],
	])('%s', async (_name, parameters, body) => {
		useKey(coc);
		const output = await outputOf(report({}, parameters));
		expect(reported(coc)).toEqual([body]);
		expect(coc.requests()[0]?.url).toBe(`/v1/event/huawei/custom/${encodeURIComponent(KEY)}`);
		expect(output).toMatchObject({
			alarmId: 'db-7-disk',
			outcome: 'applied',
			alarmLevel: 'Critical',
		});
		expect(Object.keys(output).slice(0, 2)).toEqual(['alarmId', 'outcome']);
	});

	test('and an alarm that is over says so', async () => {
		useKey(coc);
		await outputOf(report({ alarmStatus: 'OK', alarmLevel: 'info' }));
		expect(JSON.parse(reported(coc)[0]!)).toMatchObject({ alarmStatus: 'ok', alarmLevel: 'Info' });
	});
});

test('a request that is signed has the key in its path as well', async () => {
	useKey(coc);
	const { accessKeyId, secretAccessKey } = coc.standIn.issueAccessKey();
	Object.assign(coc.credential.data, {
		...{ authentication: 'accessKey', accessKeyId, secretAccessKey },
	});
	expect(await outputOf(report())).toMatchObject({ outcome: 'applied' });
});

describe('before anything is sent, it is refused', () => {
	test.each<[string, Fields, string]>([
		['without an ID', { alarmId: '' }, "'Alarm ID' is empty"],
		['without a name', { alarmName: ' ' }, "'Alarm Name' is empty"],
		['with another level', { alarmLevel: 'Fatal' }, `'Alarm Level' can't be "Fatal"`],
		['with another status', { alarmStatus: 'gone' }, `'Alarm Status' can't be "gone"`],
		['without a time', { time: '' }, "'Time' is empty"],
		['without a namespace', { nameSpace: '' }, "'Namespace' is empty"],
		['with a long description', { alarmDesc: 'x'.repeat(256) }, "'Description' is 256 characters"],
		['without a source', { alarmSource: '' }, "'Source' is empty"],
	])('%s', async (_name, fields, reason) => {
		useKey(coc);
		const { error, outcome } = failureOf(await report(fields));
		expect({ outcome, requests: coc.requests() }).toEqual({ outcome: 'notSent', requests: [] });
		expect(error).toContain(`was not reported: ${reason}`);
	});

	test.each([['[]'], ['7'], ['{'], ['"a"']])('with %s as Additional', async (additional) => {
		useKey(coc);
		const { error } = failureOf(await report({}, { additionalFields: { additional } }));
		expect(error).toMatch(/'Additional' (?:must be a JSON object|is no valid JSON)/);
	});

	test.each([
		['', 'is empty'],
		[' ', 'is empty'],
		['..', 'is no key'],
		['a b', 'is no key'],
	])('with "%s" as the credential’s key', async (integrationKey, reason) => {
		coc.credential.data.integrationKey = integrationKey;
		const { error, outcome, alarmId } = failureOf(await report());
		expect({ outcome, alarmId }).toEqual({ outcome: 'notSent', alarmId: 'db-7-disk' });
		expect(error).toContain(`the credential's 'Integration Key' ${reason}`);
		expect(coc.requests()).toEqual([]);
	});
});

describe('the integration key shows nowhere:', () => {
	/** How the key may be spelled. */
	const spellings = (key: string) => {
		const strict = encodeURIComponent(key).replace(
			/[!'()*]/g,
			(mark) => `%${mark.charCodeAt(0).toString(16)}`,
		);
		return [key, encodeURIComponent(key), strict, strict.toLowerCase(), JSON.stringify(key)];
	};
	const expectHidden = (run: Awaited<ReturnType<typeof report>>, key: string) => {
		for (const spelling of spellings(key)) expect(run.dump()).not.toContain(spelling);
	};
	const plain = '0f1e2d3c4b5a69788796a5b4c3d2e1f0';

	describe.each([
		['one with marks', KEY],
		['a plain one', plain],
	])('%s,', (_name, key) => {
		const echo = `No such data source: ${key}, ${encodeURIComponent(key)}, ${encodeURIComponent(key).toLowerCase()}`;
		const faults: Array<[string, Fault]> = [
			['a refusal', { kind: 'errorCode', status: 400, code: 'COC.00000001', message: echo }],
			[
				'a success',
				{
					kind: 'raw',
					status: 200,
					body: JSON.stringify({ error_code: 'COC.00000000', error_msg: echo }),
				},
			],
			['a web page', { kind: 'raw', status: 200, body: `<title>${echo}</title>` }],
			[
				'the gateway',
				{
					kind: 'status',
					status: 403,
					message: `canonicalRequest: POST\n/v1/${spellings(key)[2]}/`,
				},
			],
			[
				'a redirect',
				{ kind: 'redirect', location: `/v1/event/huawei/custom/${encodeURIComponent(key)}` },
			],
			['a lost connection', { kind: 'resetBefore' }],
			['no answer', { kind: 'hang' }],
		];
		test.each(faults)('not after %s that repeats it', async (_fault, fault) => {
			useKey(coc, key);
			coc.standIn.fault({ ...fault, times: 9 });
			expectHidden(await report({}, { options: { timeout: 300 } }), key);
		});

		test('not in a dry run', async () => {
			useKey(coc, key);
			const run = await report({}, { options: { dryRun: true } });
			expect(run.success[0]?.json.request).toMatchObject({
				url: `${coc.standIn.url}/v1/event/huawei/custom/***`,
			});
			expectHidden(run, key);
			expect(coc.requests()).toEqual([]);
		});

		test('not where COC can’t be reached', async () => {
			useKey(coc, key);
			coc.credential.data.endpoint = 'http://127.0.0.1:1';
			expectHidden(await report(), key);
		});

		test('not in what another operation hands on', async () => {
			useKey(coc, key);
			const { id } = coc.standIn.alarms.add({ name: `Of ${key}` });
			const run = await onAlarms(coc, 'get', [{ alarm: id }]);
			expect(run.success[0]?.json.name).toBe('Of ***');
		});
	});
});

describe('when the answer is lost,', () => {
	test('it is reported again, since the same ID is the same alarm', async () => {
		useKey(coc);
		coc.standIn.fault({ kind: 'resetAfter', times: 2 });
		expect(await outputOf(report())).toMatchObject({ outcome: 'applied' });
		expect(reported(coc)).toHaveLength(3);
	});

	test('again and again, it is unknown, with what to look for', async () => {
		useKey(coc);
		coc.standIn.fault({ kind: 'resetAfter', times: 9 });
		const { error, outcome } = failureOf(await report());
		expect(outcome).toBe('unknown');
		expect(error).toMatch(
			/look among COC's alarms for "Disk full" of the source "n8n", about \S+Z; reported again with the ID db-7-disk it should become no second alarm/,
		);
		expect(reported(coc)).toHaveLength(3);
	});
});

describe('a token that COC takes for none any more', () => {
	const refusal: Fault = {
		kind: 'expiredToken',
		code: 'common.01010001',
		match: { path: /custom/ },
	};
	const actAsIamUser = useIamUser(coc);

	test('is renewed once', async () => {
		actAsIamUser();
		useKey(coc);
		coc.standIn.fault(refusal);
		expect(await outputOf(report())).toMatchObject({ outcome: 'applied' });
		expect(new Set(coc.requests().map(({ headers }) => headers['x-auth-token'])).size).toBe(2);
	});

	test('can’t be renewed where it is the user’s own', async () => {
		useKey(coc);
		coc.standIn.fault(refusal);
		const { error, outcome } = failureOf(await report());
		expect(outcome).toBe('refused');
		expect(error).toContain('The token is invalid or expired');
		expect(coc.requests()).toHaveLength(1);
	});
});

test('an execution that was cancelled before sends nothing', async () => {
	useKey(coc);
	const stop = new AbortController();
	const parameters = alarmParameters('report', ownAlarm());
	const onLog = ({ message }: { message: string }) => {
		if (message.includes('"Prepared"')) stop.abort();
	};
	const run = await coc.run([ownAlarm()], { parameters }, { signal: stop.signal, onLog });
	expect(run.status).toBe('canceled');
	expect(coc.requests()).toEqual([]);
});

test('COC’s refusal is told with its reason', async () => {
	useKey(coc);
	const message = 'alarmLevel is invalid';
	coc.standIn.fault({ kind: 'errorCode', status: 400, code: 'COC.00000001', message });
	const { error, outcome } = failureOf(await report());
	expect(outcome).toBe('refused');
	expect(error).toContain(`"${message}" (COC.00000001, HTTP 400)`);
});
