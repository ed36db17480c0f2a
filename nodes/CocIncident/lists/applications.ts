import type { Session } from '../../client/session';
import {
	listApplications,
	searchApplicationView,
	type Application,
} from '../../coc/calls/listApplications';
import type { Page } from '../../coc/page';
import type { Read } from '../../errors/failure';
import { COC } from '../../errors/hints';
import { lookUp } from './lookUp';
import { readPages } from './readPages';
import { listSearch, sortedBy, withoutId } from './search';

/** Applications in COC, by name. */
export const searchApplications = listSearch(
	'applications',
	"Or choose 'By ID' and enter the ID of the application.",
	async ({ session, text, from }) => {
		const read = await readPages(from, pageReader(session));
		if (!read.ok) return read;
		const { entries, next } = read.value;
		const items = entries.map(({ id, name, code }) => ({
			name: code === null || code === name ? name : `${name} (${code})`,
			value: id,
		}));
		const leftOut = withoutId(read.value.withoutId);
		return { ok: true, value: { items: sortedBy(text, items), next, leftOut } };
	},
);

/**
 * COC's newest description has no call for applications alone any more, only that for the view: where
 * the one is missing, the other is used from then on.
 */
function pageReader(session: Session): (marker: string | null) => Promise<Read<Page<Application>>> {
	const { endpoint } = session.credential;
	let list: typeof listApplications = listApplications;
	const read = async (marker: string | null) =>
		await lookUp(session, { ...COC, endpoint }, list(marker));
	return async (marker) => {
		const page = await read(marker);
		const isMissing = !page.ok && page.failure.httpStatus === 404;
		if (!isMissing || list === searchApplicationView) return page;
		list = searchApplicationView;
		return await read(marker);
	};
}
