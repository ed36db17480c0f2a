import type { Answer } from '../answer';
import type { ReadCall } from '../call';
import { asNonEmptyText, asRecord, recordsOf } from '../json';
import { MAX_LIST_BYTES } from '../limits';
import { pageOf, type Page } from '../page';
import { urlEncoded } from '../url';

/** An IAM user; COC knows people by the user's ID. */
export interface User {
	id: string;
	name: string;
	enabled: boolean;
}

/** IAM's call that lists an account's users (KeystoneListUsers); it has no pages. */
export const LIST_USERS: ReadCall<Page<User>> = {
	what: 'list',
	iamAction: 'iam:users:listUsers',
	request: { method: 'GET', path: '/v3/users', maxBytes: MAX_LIST_BYTES },
	take: readUsers,
};

/** Its successor (ListUsersV5), for accounts whose permissions are identity policies. */
export function listUsersV5(marker: string | null): ReadCall<Page<User>> {
	const page = marker === null ? '' : `&marker=${urlEncoded(marker)}`;
	return {
		what: 'list',
		iamAction: 'iam:users:listUsersV5',
		request: { method: 'GET', path: `/v5/users?limit=200${page}` },
		take: readUsers,
	};
}

/** The users in an answer to either call; the newer one says where the next page begins. */
function readUsers({ httpStatus, bare }: Answer): Page<User> | null {
	const records = httpStatus === 200 ? recordsOf(bare?.users) : null;
	if (records === null) return null;
	const page = pageOf(
		records,
		({ id, user_id }) => id ?? user_id,
		({ name, user_name, enabled }, id) => ({
			id,
			name: asNonEmptyText(name ?? user_name) ?? id,
			enabled: enabled !== false,
		}),
	);
	const next = asNonEmptyText(asRecord(bare?.page_info)?.next_marker);
	return { ...page, next, saysMore: next !== null };
}
