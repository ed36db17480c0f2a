import { iamEndpoint } from '../../auth/endpoints';
import type { Session } from '../../client/session';
import { listIncidents, MOST_PER_PAGE, readIncidents } from '../../coc/calls/listIncidents';
import { LIST_USERS, listUsersV5, type User } from '../../coc/calls/listUsers';
import { peopleIn } from '../../coc/personName';
import { LONGEST_WAIT_MS } from '../../coc/retryAfter';
import { credentialFailure, type Failure, type Read } from '../../errors/failure';
import { COC } from '../../errors/hints';
import { lookUp, type Service } from './lookUp';
import { readPages, type Entries } from './readPages';
import { listSearch, sortedBy, withoutId } from './search';

/** The account's users, by name. */
export const searchUsers = listSearch(
	'users',
	"Or choose 'By ID' and enter the IAM user ID.",
	async ({ session, text, from }) => {
		const iam = iamEndpoint(session.decrypted.data, session.credential.endpoint);
		if (!iam.ok) return { ok: false, failure: credentialFailure(iam) };
		const service = { name: 'IAM', endpoint: iam.value, field: 'IAM Endpoint' } as const;
		const users = await readUsersFrom(session, service, from);
		if (!users.ok) return users;
		const items = users.value.entries.map(({ id, name, enabled }) => ({
			name: enabled ? name : `${name} (disabled)`,
			value: id,
		}));
		const { next, isOfTickets } = users.value;
		const leftOut = isOfTickets ? OF_TICKETS : withoutId(users.value.withoutId);
		return { ok: true, value: { items: sortedBy(text, items), next, leftOut } };
	},
);

type Users = Entries<User> & { isOfTickets?: true };

async function readUsersFrom(
	session: Session,
	iam: Service,
	from: string | null,
): Promise<Read<Users>> {
	const pagesOfV5 = async () =>
		await readPages(from, async (marker) => await lookUp(session, iam, listUsersV5(marker)));
	// Only the newer call has pages.
	if (from !== null) return await pagesOfV5();
	const v3 = await lookUp(session, iam, LIST_USERS);
	// A user whose permissions are identity policies may be allowed the newer call only.
	if (v3.ok || (v3.failure.httpStatus !== 403 && v3.failure.httpStatus !== 404)) return v3;
	if ((v3.failure.retryAfterMs ?? 0) > LONGEST_WAIT_MS) return v3;
	const v5 = await pagesOfV5();
	if (v5.ok) return v5;
	if (isRefusal(v3.failure) && isRefusal(v5.failure)) {
		const users = await readUsersOfTickets(session);
		if (users.length > 0) {
			return { ok: true, value: { entries: users, withoutId: 0, next: null, isOfTickets: true } };
		}
		return { ok: false, failure: { ...v3.failure, hint: EITHER, again: undefined } };
	}
	// Where there is no older call, the newer one says what is missing.
	return v3.failure.httpStatus === 404 ? v5 : v3;
}

/** The people whom the incidents name that were changed last; none when these can't be read. */
async function readUsersOfTickets(session: Session): Promise<User[]> {
	const coc = { ...COC, endpoint: session.credential.endpoint };
	const sort = { field: 'update_time', direction: 'desc' } as const;
	const page = { page: 1, perPage: MOST_PER_PAGE, filters: [], sort };
	const incidents = await lookUp(session, coc, listIncidents(page, readIncidents));
	if (!incidents.ok) return [];
	return [...peopleIn(incidents.value)].map(([id, name]) => ({ id, name, enabled: true }));
}

/** In IAM's own words: a bare status may be anybody's. */
function isRefusal({ httpStatus, errorCode }: Failure): boolean {
	return httpStatus === 403 && errorCode !== null;
}

const OF_TICKETS = "Only people of the latest incidents: listing IAM's users is not permitted";
const EITHER = `Ask your administrator for the IAM action ${LIST_USERS.iamAction}, or for ${listUsersV5(null).iamAction} where permissions are identity policies.`;
