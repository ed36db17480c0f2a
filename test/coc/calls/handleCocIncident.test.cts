import { expect, test } from '@jest/globals';
import type * as source from '../../../nodes/coc/calls/handleCocIncident.ts';
import type * as limitsSource from '../../../nodes/coc/limits.ts';
import { built } from '../../support/built.cts';

const { handleCocIncident } = built<typeof source>('nodes/coc/calls/handleCocIncident');
const { LIMITS, MAX_ANSWER_BYTES } = built<typeof limitsSource>('nodes/coc/limits');

test("a verification is byte for byte the sample of COC's page", () => {
	const { method, path, json } = handleCocIncident(
		'IM202403221515060171753781',
		'7da46971b7e24eed90cf777cc2ff8b91',
		'confirm',
		{ virtual_confirm_result: false, virtual_confirm_comment: '13' },
	);
	expect([method, path]).toEqual(['POST', '/v1/external/incident/handle']);
	expect(JSON.stringify(json)).toBe(
		'{"incident_num":"IM202403221515060171753781","operator":"7da46971b7e24eed90cf777cc2ff8b91","operate_key":"confirm","parameter":{"virtual_confirm_result":false,"virtual_confirm_comment":"13"}}',
	);
});

test('the limits are those of the page', () => {
	expect(LIMITS).toMatchObject({
		incidentNumber: 255,
		operator: 255,
		id: 255,
		key: 255,
		title: 200,
		description: 600,
		cause: 10_000,
		solution: 10_000,
		comment: 300,
	});
	expect(MAX_ANSWER_BYTES).toBe(1_048_576);
});
