// How often a credential is read that may depend on the item.
import { describe, expect, test } from '@jest/globals';
import { searchList } from '../engine/index.cts';
import { HANDLE } from '../support/deployment.cts';
import { useCoc as useTrigger } from '../nodes/CocIncidentTrigger/poller.cts';
import { endServersAfterEach } from '../support/loopback.cts';
import { TYPE } from '../support/coc.cts';
import { handled, useItemCredentials } from './itemCredentials.cts';
import { useQuickTime } from '../support/quickTime.cts';

useQuickTime();
const { d, other, byItem } = useItemCredentials();
const trigger = useTrigger();
endServersAfterEach();

describe('the credential is read', () => {
	const decryptions = async (data: Record<string, string>, items: number) => {
		const credential = d.credential('token', data);
		const run = await d.verify(credential, items);
		return [run.success.length, credential.decryptions];
	};

	test('once, where there is one item', async () => {
		expect(await decryptions({}, 1)).toEqual([1, 1]);
	});

	test('as it is written, and once with its values, where nothing depends on the item', async () => {
		expect(await decryptions({}, 40)).toEqual([40, 2]);
		// The same for all items: no reason to resolve it forty times.
		expect(await decryptions({ projectId: '={{ $workflow.id }}' }, 40)).toEqual([40, 2]);
	});

	test.each(['={{ $json.nothing ?? "" }}', '={{ $itemIndex }}', "={{ $('Tickets').item.json.x }}"])(
		'for each item, where it holds %s',
		async (accountId) => {
			expect(await decryptions({ accountId }, 5)).toEqual([5, 6]);
		},
	);

	test('and the tries of Retry On Fail send nothing twice', async () => {
		other().fault({
			kind: 'errorCode',
			code: 'GOM.1',
			message: 'Not now',
			match: { path: HANDLE },
		});
		const items = [other(), d.coc].map((coc) => ({
			ticket: coc.addTicket().number,
			endpoint: coc.url,
			token: coc.issueToken(),
		}));
		const node = { retryOnFail: true, maxTries: 2, waitBetweenTries: 0 };
		const run = await d.verify(byItem(), items, { ...node, onError: 'continueRegularOutput' });
		expect(run.success.map(({ outcome }) => outcome)).toEqual(['applied', 'applied']);
		expect(handled(other())).toHaveLength(2);
		expect(handled(d.coc)).toHaveLength(1);
	});
});

describe('where there is no item, an expression that reads one is named:', () => {
	test('in a list of the editor', async () => {
		const { error } = await searchList(
			d.packages,
			{ nodeType: TYPE, method: 'searchTickets', parameters: { operation: 'get' } },
			byItem(),
		);
		expect(error?.description).toContain('use a credential without it');
		expect(d.coc.requests).toEqual([]);
	});

	test('in the trigger', async () => {
		trigger.credential.data.endpoint = '={{ $json.endpoint }}';
		await expect(trigger.activate()).rejects.toThrow(
			'Here is no item for an expression such as {{ $json.token }}',
		);
	});
});
