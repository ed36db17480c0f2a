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
import { readPages, type Page } from './pages';
import { listSearch, sortedBy } from './search';

/** Applications in COC, by name. */
export const searchApplications = listSearch(
	'applications',
	"Or choose 'By ID' and enter the ID of the application.",
	async ({ session, text, from }) => {
		const read = await readPages(from, async (marker) => await readPage(session, marker));
		if (!read.ok) return read;
		const { entries, next } = read.value;
		const items = entries.map(({ id, name, code }) => ({
			name: code === null || code === name ? name : `${name} (${code})`,
			value: id,
		}));
		return { ok: true, items: sortedBy(text, items), next };
	},
);

/** COC's newest description has no call for applications alone any more, only that for the view. */
async function readPage(session: Session, marker: string | null): Promise<Read<Page<Application>>> {
	const coc = { name: 'COC', endpoint: session.credential.endpoint, field: 'Endpoint' } as const;
	const iamAction = IAM_ACTION.listApplications;
	const take = readApplications;
	const page = await lookUp(session, coc, { call: listApplications(marker), iamAction, take });
	if (page.ok || page.failure.httpStatus !== 404) return page;
	return await lookUp(session, coc, { call: searchApplicationView(marker), iamAction, take });
}
