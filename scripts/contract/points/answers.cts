/** Points about answers in general: codes, headers, times, who may ask. */
import {
	assumed,
	count,
	every,
	kindOf,
	notTried,
	otherwise,
	tally,
	type Point,
} from '../finding.cts';
import { knownStatus, readStatus, timeOf } from '../product.cts';
import { dataOf, detailsIn, entriesOf, isSuccess, type Look, rowsOf, type Seen } from '../seen.cts';

const NO_SUCH_TICKET = 'COC.00067003';

const dateHeader: Point = ({ all, last }) => {
	const answers = all.filter(({ answer }) => answer.status !== 0);
	const without = answers.filter(({ read }) => read.serverTime === null);
	if (without.length > 0) {
		return otherwise(
			`no valid \`Date\` in ${without.length} of ${count(answers.length, 'answer')}`,
		);
	}
	const list = last('list:all');
	const newest = Math.max(
		0,
		...(list ? rowsOf(list).map((row) => timeOf(row.update_time) ?? 0) : []),
	);
	const ahead = newest - (list?.read.serverTime ?? Infinity);
	if (ahead > 60_000) return otherwise(`tickets are ${Math.round(ahead / 1000)} s ahead of it`);
	return assumed(`in all ${answers.length} answers, and no ticket is ahead of it`);
};

const successCode: Point = ({ all }) => {
	const good = all.filter(({ answer }) => answer.status >= 200 && answer.status < 300);
	const codes = good.map(({ read }) => read.code);
	const odd = good.filter(({ read }) => !read.success);
	if (good.length === 0) return notTried('no answer was a success');
	return odd.length === 0
		? assumed(tally(codes))
		: otherwise(`HTTP 2xx with ${tally(odd.map(({ read }) => read.code ?? 'no code'))}`);
};

const unknownTicket: Point = (seen) => {
	const looks = seen.of('unknown:*');
	const detail = seen.last('unknown:detail');
	if (detail === null) return notTried('it was not asked for');
	const told = looks.map(({ probe, answer, read }) => {
		return `${probe.slice('unknown:'.length)}: ${read.code ?? 'no code'}, HTTP ${answer.status}`;
	});
	const isAs = detail.answer.status === 400 && detail.read.code === NO_SUCH_TICKET;
	return (isAs ? assumed : otherwise)(told.join('; '));
};

const samples = (seen: Seen, call: string) =>
	[...seen.of(`sample:${call}`), ...seen.of(`story:${call}`)].filter(isSuccess);

const detailStatus: Point = (seen) =>
	every(
		samples(seen, 'detail'),
		['detail', 'details'],
		({ read }) => knownStatus(readStatus(read)) !== null,
		(look) => String(dataOf(look)?.status),
	);

function times(values: Array<[name: string, value: unknown]>, isSo: (value: unknown) => boolean) {
	return every(
		values.filter(([, value]) => value !== null && value !== undefined && value !== ''),
		['time', 'times'],
		([, value]) => timeOf(value) !== null && isSo(value),
		([name, value]) => `${name}: ${kindOf(value)}`,
	);
}

const timesOf = (records: Array<Record<string, unknown>>, names: string[]) =>
	records.flatMap((record) => names.map((name): [string, unknown] => [name, record[name]]));

const timesList: Point = ({ of }) => {
	const names = ['create_time', 'update_time', 'start_time', 'handle_time'];
	const rows = of('list:all').flatMap(rowsOf);
	return times(timesOf(rows, names), (value) => typeof value === 'string');
};

const timesDetail: Point = (seen) => {
	const details = detailsIn(samples(seen, 'detail'));
	const names = ['create_time', 'handle_time', 'start_time', 'fault_recovery_time'];
	return times(timesOf(details, names), (value) => typeof value === 'number');
};

const timesHistory: Point = (seen) => {
	const of = (call: string) => timesOf(samples(seen, call).flatMap(entriesOf), ['start_time']);
	const v1 = times(of('history:v1'), (value) => typeof value === 'number');
	const v2 = times(of('history:v2'), (value) => typeof value === 'string');
	if (v1.verdict === 'not tried') return v1;
	const told = `v1 ${v1.seen}; v2 ${v2.seen}`;
	return [v1, v2].some(({ verdict }) => verdict === 'otherwise') ? otherwise(told) : assumed(told);
};

const worked = (all: Look[]) => all.some(isSuccess);

const tokenScope: Point = ({ about, all }) => {
	if (about.scope === null) return notTried('only an IAM user is signed in with a scope');
	if (about.scope === 'project') return notTried('the credential names a project');
	return worked(all)
		? assumed('a token of the account is taken')
		: otherwise('no call is answered with a token of the account');
};

const accountHeader: Point = ({ about, all }) => {
	if (about.authentication !== 'accessKey') return notTried('only an access key may name it');
	if (about.namesAccount) return notTried('the credential names the account');
	return worked(all)
		? assumed('calls are answered without it')
		: otherwise('no call is answered without it');
};

export const answerPoints: Record<string, Point> = {
	'date-header': dateHeader,
	'success-code': successCode,
	'unknown-ticket': unknownTicket,
	'detail-status': detailStatus,
	'times-list': timesList,
	'times-detail': timesDetail,
	'times-history': timesHistory,
	'token-scope': tokenScope,
	'account-header': accountHeader,
};
