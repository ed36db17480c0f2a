import { IAM_ACTION } from '../../shared/contract/codes';
import { iamEndpoint } from '../../shared/contract/credential';
import { credentialFailure } from '../../shared/contract/explain';
import { LIST_USERS, listUsersV5, readUsers, type User } from '../../shared/contract/users';
import type { Session } from '../../shared/http/session';
import type { Read } from '../../shared/items/reader';
import { lookUp, type Service } from './lookUp';
import { listSearch, sortedBy } from './search';

const MOST_PAGES = 50;

/** The account's users, by name; all of them at once, as IAM gives them. */
export const searchUsers = listSearch(
	'users',
	"Or choose 'By ID' and enter the IAM user ID.",
	async ({ session, text }) => {
		const iam = iamEndpoint(session.decrypted.data, session.credential.endpoint);
		if (!iam.ok) return { ok: false, failure: credentialFailure(iam) };
		const users = await allUsers(session, {
			name: 'IAM',
			endpoint: iam.value,
			field: 'IAM Endpoint',
		});
		if (!users.ok) return users;
		const items = users.value.map(({ id, name, enabled }) => ({
			name: enabled ? name : `${name} (disabled)`,
			value: id,
		}));
		return { ok: true, items: sortedBy(text, items), next: null };
	},
);

async function allUsers(session: Session, iam: Service): Promise<Read<User[]>> {
	const iamAction = IAM_ACTION.listUsers;
	const v3 = await lookUp(session, iam, { call: LIST_USERS, iamAction, take: readUsers });
	if (v3.ok) return { ok: true, value: v3.value.users };
	// A user whose permissions are identity policies may be allowed the newer call only.
	if (v3.failure.httpStatus !== 403 && v3.failure.httpStatus !== 404) return v3;
	const users: User[] = [];
	let marker: string | null = null;
	for (let page = 1; page <= MOST_PAGES; page++) {
		const v5: Read<{ users: User[]; next: string | null }> = await lookUp(session, iam, {
			call: listUsersV5(marker),
			iamAction,
			take: readUsers,
		});
		if (!v5.ok) return page === 1 ? v3 : v5;
		users.push(...v5.value.users);
		marker = v5.value.next;
		if (marker === null) break;
	}
	return { ok: true, value: users };
}
