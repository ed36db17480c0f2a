import {
	listApplications,
	readApplications,
	searchApplicationView,
	type Application,
} from '../../shared/contract/applications';
import { IAM_ACTION } from '../../shared/contract/codes';
import type { Session } from '../../shared/http/session';
import type { Read } from '../../shared/items/reader';
import { lookUp } from './lookUp';
import { listSearch, sortedBy } from './search';

/** Most pages read at once, so that they can be sorted; the token tells where the next ones begin. */
const MOST_PAGES = 10;

type Page = { applications: Application[]; next: string | null };

/** Applications in COC, by name. */
export const searchApplications = listSearch(
	'applications',
	"Or choose 'By ID' and enter the ID of the application.",
	async ({ session, text, from }) => {
		const found: Application[] = [];
		let next = from;
		for (let page = 1; page <= MOST_PAGES; page++) {
			const read: Read<Page> = await readPage(session, text, next);
			if (!read.ok) return read;
			found.push(...read.value.applications);
			// A server that ignores the marker would give the same page for ever.
			next = read.value.next === next ? null : read.value.next;
			if (next === null) break;
		}
		const items = found.map(({ id, name, code }) => ({
			name: code === null || code === name ? name : `${name} (${code})`,
			value: id,
		}));
		return { ok: true, items: sortedBy(text, items), next };
	},
);

/** COC's newest description has no call for applications alone any more, only that for the view. */
async function readPage(
	session: Session,
	name: string,
	marker: string | null,
): Promise<Read<Page>> {
	const coc = { name: 'COC', endpoint: session.credential.endpoint, field: 'Endpoint' } as const;
	const read = async (call: ReturnType<typeof listApplications | typeof searchApplicationView>) =>
		await lookUp(session, coc, {
			call,
			iamAction: IAM_ACTION.listApplications,
			take: readApplications,
		});
	const page = await read(listApplications(name, marker));
	if (page.ok || page.failure.httpStatus !== 404) return page;
	return await read(searchApplicationView(name, marker));
}
