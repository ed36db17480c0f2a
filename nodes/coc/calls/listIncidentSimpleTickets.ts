/** A harmless read (ListIncidentSimpleTickets), made to see whether the credential is accepted. */
export const PROBE = {
	method: 'GET',
	path: '/v1/incident-tickets?limit=1&offset=1',
	timeoutMs: 10_000,
} as const;
