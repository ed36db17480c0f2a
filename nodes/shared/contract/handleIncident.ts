/**
 * The v1 call that acts on an incident (HandleCocIncident): `POST /v1/external/incident/handle`.
 *
 * @param ticket `incident_num`, 1–255 characters
 * @param operator `operator`, an IAM user ID, 1–255 characters
 * @param operateKey what to do; `confirm` verifies
 * @param parameter the action's own fields, for `confirm` a boolean and a text of 1–300 characters
 */
export function handleIncident(
	ticket: string,
	operator: string,
	operateKey: 'confirm',
	parameter: { virtual_confirm_result: boolean; virtual_confirm_comment: string },
) {
	return {
		method: 'POST',
		path: '/v1/external/incident/handle',
		body: { incident_num: ticket, operator, operate_key: operateKey, parameter },
	} as const;
}
