// A private deployment whose COC has a certificate of an authority of its own.
import { expect, test } from '@jest/globals';
import { useCoc } from './poller.cts';

const coc = useCoc(undefined, { tls: true });

test('a poll trusts the authority of the credential’s CA Certificate, and no other', async () => {
	await expect(coc.activate()).rejects.toThrow(/certificate of .* is not trusted/);
	expect(coc.standIn.requests).toEqual([]);
	coc.credential.data.caCertificate = coc.standIn.certificate ?? '';
	const activated = await coc.activate();
	coc.standIn.addTicket();
	expect(await activated.poll()).toMatchObject({
		events: [{ event: 'waitingForVerification' }],
		error: null,
	});
});
