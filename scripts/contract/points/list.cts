/** Points about the list of incidents. */
import { assumed, count, kindOf, notTried, otherwise, tally, type Point } from '../finding.cts';
import { asRecord, knownStatus, readIncidents, readTotal, recordsOf, timeOf } from '../product.cts';
import { isSuccess, type Look, rowsOf, type Seen } from '../seen.cts';

const NOT_ASKED = 'there were too few tickets, or the list is closed';

/** A list that was answered, or why there is none. */
function answered(seen: Seen, probe: string): Look | string {
	const look = seen.last(probe);
	if (look === null) return NOT_ASKED;
	return isSuccess(look) && readIncidents(look.read) !== null
		? look
		: `the list was not read: HTTP ${look.answer.status} ${look.read.code ?? 'without a code'}`;
}

const ids = (look: Look) => rowsOf(look).map(({ ticket_id }) => String(ticket_id));
const updates = (look: Look) => rowsOf(look).map(({ update_time }) => timeOf(update_time));

const totalShape: Point = (seen) => {
	const look = answered(seen, 'list:all');
	if (typeof look === 'string') return notTried(look);
	const given = asRecord(look.read.envelope?.data)?.total;
	const total = readTotal(look.read);
	const rows = rowsOf(look).length;
	if (total === null) return otherwise(`\`data.total\` is ${kindOf(given)}`);
	if (total < rows) return otherwise(`\`data.total\` says ${total}, but ${rows} came`);
	return assumed(`${kindOf(given)}, ${total === rows ? 'as many as came' : 'more than came'}`);
};

const pageSize: Point = (seen) => {
	const look = answered(seen, 'list:all');
	if (typeof look === 'string') return notTried(look);
	const rows = rowsOf(look).length;
	const total = readTotal(look.read);
	if (rows >= 200) return assumed('200 of 200 asked for came on one page');
	// Other lists may have shown more tickets, whatever the total says.
	const known = new Set(seen.of('list:*').filter(isSuccess).flatMap(ids)).size;
	const there = Math.max(total ?? 0, known);
	if (rows < there) return otherwise(`200 asked for, ${rows} came, of ${there}`);
	if (total === null) return notTried(`${count(rows, 'ticket')}, and no total to compare with`);
	return rows > 10
		? assumed(`all ${rows} tickets came on one page of 200`)
		: notTried(`${count(rows, 'ticket')}: more than ten are needed`);
};

const pageNumber: Point = (seen) => {
	const [one, two] = [answered(seen, 'list:page:1'), answered(seen, 'list:page:2')];
	if (typeof one === 'string' || typeof two === 'string') return notTried('the list was not read');
	if (rowsOf(one).length < 5) return notTried('too few tickets for two pages of five');
	const again = ids(two).filter((id) => ids(one).includes(id));
	if (again.length > 0) return otherwise(`the second page has ${again.length} of the first one's`);
	return assumed(`the second page has ${count(ids(two).length, 'other ticket')}`);
};

const pageBeyond: Point = (seen) => {
	const look = answered(seen, 'list:beyond');
	if (typeof look === 'string') return look === NOT_ASKED ? notTried(look) : otherwise(look);
	const { length } = rowsOf(look);
	return length === 0 ? assumed('it is empty') : otherwise(`it has ${count(length, 'ticket')}`);
};

const sortUpdateTime: Point = (seen) => {
	const [down, up] = [answered(seen, 'list:all'), answered(seen, 'list:oldest')];
	if (typeof down === 'string') return notTried(down);
	if (typeof up === 'string') return up === NOT_ASKED ? notTried(up) : otherwise(up);
	const isSorted = (look: Look, sign: number) =>
		updates(look).every(
			(time, at, all) => at === 0 || sign * ((time ?? 0) - (all[at - 1] ?? 0)) >= 0,
		);
	const times = new Set([...updates(down), ...updates(up)]);
	if (times.size < 2) return notTried('the tickets show fewer than two update times');
	if (!isSorted(up, 1)) return otherwise('`asc` does not give the oldest update first');
	return isSorted(down, -1) ? assumed('both directions') : otherwise('`desc` is not followed');
};

const filterUpdateTime: Point = (seen) => {
	const [moment, from] = [answered(seen, 'list:moment'), answered(seen, 'list:from')];
	if (typeof moment === 'string' || typeof from === 'string') {
		const why = [moment, from].find((one) => typeof one === 'string') ?? '';
		return why === NOT_ASKED ? notTried(why) : otherwise(why);
	}
	const [filter] = recordsOf(asRecord(from.request.body)?.string_filters) ?? [];
	const [value] = Array.isArray(filter?.values) ? (filter.values as unknown[]) : [];
	const bound = timeOf(value);
	const before = updates(from).filter((time) => time !== null && bound !== null && time < bound);
	if (before.length > 0)
		return otherwise(`${count(before.length, 'ticket')} from before the bound`);
	const apart = updates(moment).filter((time) => time !== bound);
	if (apart.length > 0) return otherwise(`${count(apart.length, 'ticket')} of another moment`);
	if (rowsOf(moment).length === 0) return otherwise('the bounds themselves are left out');
	return assumed('`>=` and `<=` are followed, both bounds included');
};

const listStatus: Point = (seen) => {
	const look = answered(seen, 'list:all');
	if (typeof look === 'string') return notTried(look);
	const words = rowsOf(look).map(({ work_flow_status }) => work_flow_status);
	if (words.length === 0) return notTried('there is no ticket');
	const known = words.filter((word) => knownStatus(word) !== null);
	const shown = `\`work_flow_status\`: ${tally(words)}`;
	return known.length > 0 ? otherwise(`the list has v1's words, ${shown}`) : assumed(shown);
};

const wordsForKeys: Point = (seen) => {
	const [key, word] = [answered(seen, 'list:key'), seen.last('list:word')];
	if (typeof key === 'string' || word === null) return notTried('no ticket has a preset level');
	if (rowsOf(key).length === 0) return notTried('the list finds nothing by its own keys');
	if (!isSuccess(word)) return assumed(`refused: ${word.read.code}, HTTP ${word.answer.status}`);
	const { length } = rowsOf(word);
	return length === 0
		? assumed('not refused, but nothing is found by the word')
		: otherwise(`the word finds ${count(length, 'ticket')}, the key ${rowsOf(key).length}`);
};

export const listPoints: Record<string, Point> = {
	'total-shape': totalShape,
	'page-size': pageSize,
	'page-number': pageNumber,
	'page-beyond': pageBeyond,
	'sort-update-time': sortUpdateTime,
	'filter-update-time': filterUpdateTime,
	'list-status': listStatus,
	'words-for-keys': wordsForKeys,
};
