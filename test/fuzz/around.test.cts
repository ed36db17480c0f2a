// Alarms, war rooms and files against a COC whose answers are anything at all: each item has an outcome
// that its answers prove, and what came does no harm.
import { expect, test } from '@jest/globals';
import type { IDataObject } from 'n8n-workflow';
import type { Disturbance, RecordedRequest } from '../standin/index.cts';
import { CLEAR, LINK, REPORT, WAR_ROOMS } from '../standin/paths.cts';
import { type Coc, type Fields, NODE, OPERATOR, useCoc } from '../support/coc.cts';
import { inMemory } from '../support/files.cts';
import { byLength } from '../support/length.cts';
import { operate } from '../support/operate.cts';
import { useQuickTime } from '../support/quickTime.cts';
import { createRandom } from '../support/random.cts';
import { anyBody } from './generate/envelope.cts';
import { SECRET } from './generate/json.cts';
import * as oracle from './oracle.cts';
import { collectViolations, tell } from './violations.cts';

useQuickTime();
const SEED = 20_261_128;
const COUNT = byLength(40, 60);
const UPLOAD = '/v1/incident/attachments';
const KEY = 'integration-key-of-nobody';
const STATUSES = [200, 200, 200, 201, 206, 302, 400, 401, 403, 404, 408, 429, 500, 503];

/** What came in place of COC's own answers, where that was disturbed. */
let came: Map<RecordedRequest, oracle.Came>;
let random = createRandom(SEED);
const coc = useCoc({ disturb: (record) => disturb(record) });

function disturb(record: RecordedRequest): Disturbance[] {
	if (random.once(2)) return [];
	const answer = { status: random.pick(STATUSES), body: anyBody(random) };
	came.set(record, answer);
	const headers = { 'Content-Type': random.pick(['application/json', 'text/html', 'text/plain']) };
	return [{ kind: 'raw', ...answer, headers, apply: random.once(2) }];
}

interface Row {
	/** The call that changes something; none of a read. */
	write?: string;
	/** Whether success has no envelope, but this member. */
	bare?: string;
	item: (coc: Coc, index: number) => Fields;
}

const alarm = () => coc.standIn.alarms.add().id;
const over = () =>
	coc.standIn.alarms.add({ resolved: { at: 1, by: 'ops', remarks: null }, status: 'resolved' }).id;
const text = (index: number) => `Number ${index}.`;
const accepted = () => coc.ticket({ status: 'INCIDENT_STATUS_ACKNOWLEDGED', application: 'a' });

const ROWS: Record<string, Row> = {
	'alarm/get': { item: () => ({ alarm: alarm() }) },
	'alarm/getHistory': { item: () => ({ alarm: over(), returnAll: true }) },
	'alarm/clear': {
		...{ write: CLEAR, bare: 'data' },
		item: () => ({ alarms: [alarm()], remarks: 'Over' }),
	},
	'alarm/createIncident': {
		...{ write: LINK, bare: 'data' },
		item: (_coc, index) => ({
			...{ alarms: [alarm()], title: text(index), description: 'A storm', level: 'level_20' },
			...{ type: 'inc_type_p_function_issues', application: 'a', serviceInterrupted: false },
		}),
	},
	'alarm/report': {
		write: REPORT,
		item: (_coc, index) => ({
			...{ alarmId: text(index), alarmName: 'Disk full', alarmLevel: 'Info', alarmStatus: 'alarm' },
			...{ time: '2026-03-22T15:15:06Z', nameSpace: 'n', alarmDesc: 'd', alarmSource: 's' },
		}),
	},
	'warRoom/create': {
		write: WAR_ROOMS,
		item: () => ({ ticket: accepted(), administrator: OPERATOR }),
	},
	'warRoom/getAll': {
		item() {
			coc.standIn.warRooms.add();
			return { returnAll: false, limit: 1 };
		},
	},
	'file/upload': {
		write: UPLOAD,
		item: (_coc, index) => ({
			inputDataFieldName: 'data',
			binary: { data: inMemory('%PDF', { fileName: `${text(index)}pdf` }) },
		}),
	},
	'file/download': {
		item: () => ({ file: coc.standIn.files.add({ name: 'a.pdf', bytes: Buffer.from('%PDF') }) }),
	},
};

test.each(Object.entries(ROWS))(
	`${COUNT} items of %s end as their answers allow, whatever those are`,
	async (operation, { write, bare, item }) => {
		came = new Map();
		random = createRandom(SEED);
		// No answer may show it, though the generated ones hold it.
		coc.credential.data.token = coc.standIn.issueToken({ token: SECRET });
		coc.credential.data.integrationKey = KEY;
		coc.standIn.alarms.integrationKeys.add(KEY);
		const items = Array.from({ length: COUNT }, (_, index) => item(coc, index));
		const run = await operate(coc, operation, items, {
			parameters: { options: { timeout: 3000, concurrency: 10 } },
		});
		expect(run.executionError).toBeUndefined();
		expect(run.dump()).not.toContain(KEY);
		expect(Object.keys(Object.prototype)).toEqual([]);

		const violations = collectViolations();
		const seen: Record<string, number> = {};
		const ended = new Set<number>();
		for (const { json, pairedItem } of [...run.outputs(NODE), ...run.outputs(NODE, 1)]) {
			const index = (pairedItem as { item: number }).item;
			violations.check(index, () => {
				if (write !== undefined && ended.has(index)) violations.note('two outcomes', json);
				ended.add(index);
				const { error, details = json } = json as { error?: string; details?: IDataObject };
				const { outcome = 'read' } = details as { outcome?: string };
				seen[outcome] = (seen[outcome] ?? 0) + 1;
				for (const said of [error, details.hint]) {
					if (typeof said === 'string' && oracle.UNSHOWABLE.test(said))
						violations.note('unfit', said);
					if (typeof said === 'string' && said.length > 3000)
						violations.note('endless', said.length);
				}
				if (write === undefined || outcome !== 'applied') return;
				const sent = coc.requests().filter((request) => isOf(request, write, items[index]!));
				if (!sent.some((request) => mayBeDone(request, bare))) violations.note('false', json, sent);
			});
		}
		tell(`to ${operation}`, came.size, SEED, seen);
		expect(violations.list).toEqual([]);
		// A list that is read may be empty.
		if (operation !== 'warRoom/getAll' && operation !== 'alarm/getHistory') {
			expect(ended.size).toBe(COUNT);
		}
		expect(Object.keys(seen).length).toBeGreaterThan(1);
	},
	300_000,
);

/** Whether it is the item's own write: each has a text that no other one has. */
function isOf(request: RecordedRequest, write: string, item: Fields): boolean {
	const { alarms, alarmId, ticket, binary } = item as Record<string, unknown>;
	const file = (binary as { data: { fileName: string } } | undefined)?.data.fileName;
	const mark = [alarms, alarmId, ticket, file].flat().find((one) => typeof one === 'string') ?? '';
	return request.path.startsWith(write) && request.body.includes(mark);
}

/** Whether its answer may be success: COC's own, or one that its pages call so. */
function mayBeDone(request: RecordedRequest, bare: string | undefined): boolean {
	const answer = came.get(request);
	if (answer === undefined) return request.status !== null && request.status < 300;
	if (oracle.mayBeSuccess(answer)) return true;
	const object = oracle.objectIn(answer) ?? {};
	const isBare = bare !== undefined && Object.hasOwn(object, bare);
	return isBare && answer.status >= 200 && answer.status < 300;
}
