import type {
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	IExecuteFunctions,
} from 'n8n-workflow';
import { readCredential, type CocCredential } from '../contract/credential';
import { cleanText } from '../contract/answer';
import type { Checked } from '../contract/checked';

export const CREDENTIAL_TYPE = 'huaweiCloudCocApi';

/** What one run of a node needs to talk to COC. */
export interface Session {
	context: IExecuteFunctions;
	credential: CocCredential;
	/** The stored credential, decrypted once: n8n would otherwise do so for every request. */
	decrypted: ICredentialsDecrypted;
}

/** Reads and checks the credential that the user chose. */
export async function openSession(context: IExecuteFunctions): Promise<Checked<Session>> {
	let data: ICredentialDataDecryptedObject;
	try {
		data = await context.getCredentials(CREDENTIAL_TYPE);
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		return { ok: false, reason: `the credential could not be read: ${message}` };
	}
	const credential = readCredential(data);
	if (!credential.ok) return credential;
	const { id, name } = context.getNode().credentials?.[CREDENTIAL_TYPE] ?? { id: null, name: '' };
	return {
		ok: true,
		value: {
			context,
			credential: credential.value,
			decrypted: { id: id ?? '', name, type: CREDENTIAL_TYPE, data },
		},
	};
}
