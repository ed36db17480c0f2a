/**
 * A harmless read of one ticket (ListIncidentSimpleTickets), made to see whether the credential is
 * accepted; `offset` is the number of the page, from 1 on.
 */
export const PROBE = {
	method: 'GET',
	path: '/v1/incident-tickets?limit=1&offset=1',
	timeoutMs: 10_000,
} as const;
