/** What a COC may do otherwise, and the points by which it must be found. */
import type { StandIn } from '../standin/index.cts';
import { OLD_COMMENT } from '../../scripts/contract/texts.cts';
import { SELF } from './filled.cts';
import type { Change, Json, PassedBack } from './proxy.cts';

export interface Difference {
	/** In words. */
	so: string;
	found: string[];
	quirks?: Partial<StandIn['quirks']>;
	change?: (coc: StandIn) => Change;
}

const refusal = (status: number, error_code: string): Pick<PassedBack, 'status' | 'body'> => ({
	status,
	body: { error_code, error_msg: 'no', provider_code: '049', data: null },
});

/** Changes a remark on its way in. */
const inRemarks = (becomes: (note: string) => string) => (): Change => ({
	request: (passing) => {
		const params = passing.body?.params as Json | undefined;
		if (typeof params?.note !== 'string') return passing;
		return {
			...passing,
			body: { ...passing.body, params: { ...params, note: becomes(params.note) } },
		};
	},
});

/** Changes the data of details. */
const inDetails =
	(becomes: (data: Json, coc: StandIn) => Json) =>
	(coc: StandIn): Change => ({
		answer: (answer, { method, path }) => {
			const { data } = answer.body;
			const isDetail = method === 'GET' && path.startsWith('/v1/external/incident/') && data;
			return isDetail
				? { ...answer, body: { ...answer.body, data: becomes(data as Json, coc) } }
				: answer;
		},
	});

/** Refuses otherwise what the stand-in refuses itself. */
const inRefusals =
	(isIt: (body: Json) => boolean, instead: Pick<PassedBack, 'status' | 'body'>) => () => ({
		answer: (answer: PassedBack, { body }: { body: Json | undefined }) =>
			answer.status === 400 && body !== undefined && isIt(body)
				? { ...answer, ...instead }
				: answer,
	});

const iso = (time: unknown) => (typeof time === 'number' ? new Date(time).toISOString() : time);

export const differences: Difference[] = [
	{ so: 'no Date header', found: ['date-header'], quirks: { date: () => null } },
	{
		so: 'a total that is an object',
		found: ['total-shape'],
		quirks: { total: (count) => ({ count }) },
	},
	{ so: 'pages of eight at most', found: ['page-size'], quirks: { mostPerPage: 8 } },
	{
		so: 'the first page whatever is asked for',
		found: ['page-number', 'page-beyond'],
		quirks: { ignoresPage: true },
	},
	{
		so: "v1's status words in the list",
		found: ['list-status'],
		quirks: { row: (row) => ({ ...row, work_flow_status: 'INCIDENT_STATUS_RESOLVED' }) },
	},
	{
		so: 'labels of the list under other names',
		found: ['labels-list'],
		quirks: {
			row: (row) => ({
				...row,
				enum_data_list: (row.enum_data_list as Json[]).map(({ prop_id, ...label }) => ({
					...label,
					property: prop_id,
				})),
			}),
		},
	},
	{
		so: 'other keys than the preset ones',
		found: ['preset-keys'],
		quirks: { row: (row) => ({ ...row, source_id: 'incident_source_geheim' }) },
	},
	{
		so: 'words found in place of keys',
		found: ['words-for-keys'],
		change: () => ({
			request: (passing) => {
				const text = JSON.stringify(passing.body ?? null);
				const body = text.replace(/\["P(\d)"\]/, '["level_$10"]');
				return { ...passing, ...(passing.body && { body: JSON.parse(body) as Json }) };
			},
		}),
	},
	{
		so: 'times of the detail in ISO 8601',
		found: ['times-detail'],
		change: inDetails((data) => ({ ...data, create_time: iso(data.create_time) })),
	},
	{
		so: 'a status that is not documented after Unresolved',
		found: ['unresolved-status'],
		change: inDetails((data, coc) => {
			const last = coc.tickets.get(String(data.incident_num))?.history.at(-1);
			return last?.result === false ? { ...data, status: 'INCIDENT_STATUS_PENDING' } : data;
		}),
	},
	{ so: 'tasks cut to the caller', found: ['tasks-cut'], quirks: { cutsTasks: true } },
	{
		so: 'keys of the history in another field',
		found: ['action-v1', 'action-v2'],
		quirks: { keyIn: 'sub_action' },
	},
	{
		so: 'other words for the status of an entry',
		found: ['history-status'],
		quirks: { entryStatus: () => 'finished' },
	},
	{
		so: 'histories without the comments of verifications',
		found: ['history-comments'],
		quirks: { keepsComment: (key) => key !== 'confirm' },
	},
	{
		so: 'a wrong status refused with HTTP 200',
		found: ['wrong-status', 'success-code'],
		change: inRefusals(
			({ operate_key }) => operate_key === 'acceptedIncident1',
			refusal(200, 'COC.00019999'),
		),
	},
	{
		so: 'a used-up task refused by the gateway',
		found: ['used-up-task'],
		change: inRefusals(({ action }) => action === 'accepted', refusal(403, 'APIGW.0302')),
	},
	{
		so: 'a verification with an old task that counts',
		found: ['old-confirm'],
		change: () => ({
			request: (passing) => {
				if (!JSON.stringify(passing.body ?? null).includes(OLD_COMMENT)) return passing;
				const incident_num = passing.path.split('/')[3];
				const parameter = passing.body?.params;
				const body = { incident_num, operator: SELF, operate_key: 'confirm', parameter };
				return { ...passing, path: '/v1/external/incident/handle', body };
			},
		}),
	},
	{
		so: 'texts cut at their first line end',
		found: ['text-line-ends'],
		change: inRemarks((note) => (note.includes('\r\n') ? note.split('\r\n')[0]! : note)),
	},
	{
		so: 'tags taken out of texts, with what is in them',
		found: ['text-entities'],
		change: inRemarks((note) => note.replace(/<b>.*<\/b>/, '')),
	},
	{
		so: 'question marks for emoji',
		found: ['text-emoji'],
		change: inRemarks((note) => note.replace(/[^\x20-\x7e\r\n]/gu, '?')),
	},
];
