// The lists work with every way to authenticate, and an IAM user's token is renewed for them too.
import { describe, expect, test } from '@jest/globals';
import { modes } from '../../../support/deployment.cts';
import { useLists } from './support.cts';

const d = useLists();

test.each(modes)('%s: the tickets are listed', async (mode) => {
	const { number } = d.coc.addTicket();
	const [[shown] = []] = await d.pages('searchTickets', d.credential(mode));
	expect(shown?.value).toBe(number);
});

describe('an IAM user', () => {
	test('signs in once for the list, and the token is kept in the credential', async () => {
		for (let index = 0; index < 30; index++) d.coc.addTicket();
		const credential = d.credential('iamUser');
		await d.pages('searchTickets', credential);
		expect(d.iam.signIns).toBe(1);
		expect(credential.data.sessionToken).toBe(d.user.tokens[0]);
		await d.pages('searchTickets', credential);
		expect(d.iam.signIns).toBe(1);
	});

	test('whose token has died gets a new one, once for all that are read at the same time', async () => {
		for (let index = 0; index < 30; index++) d.coc.addTicket();
		const credential = await d.signedIn();
		d.coc.expireToken(credential.data.sessionToken as string);
		const pages = await d.pages('searchTickets', credential);
		expect(pages.flat()).toHaveLength(30);
		expect(d.iam.signIns).toBe(1);
		expect(credential.data.sessionToken).toBe(d.user.tokens.at(-1));
	});
});
