import type {
	FunctionsBase,
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	RequestHelperFunctions,
} from 'n8n-workflow';
import { cleanText } from '../contract/answer';
import type { Checked, Refused } from '../contract/checked';
import { readCredential, type CocCredential } from '../contract/credential';
import { isNew } from './signIn';

export const CREDENTIAL_TYPE = 'huaweiCloudCocApi';

/**
 * What a session needs of the functions that n8n hands a node: the same whether it runs, fills a
 * list in the editor, or polls.
 */
export interface NodeContext extends Pick<FunctionsBase, 'getNode' | 'getCredentials'> {
	helpers: Pick<RequestHelperFunctions, 'httpRequestWithAuthentication'>;
}

/** What one run of a node needs to talk to COC. */
export interface Session {
	context: NodeContext;
	/** Read anew after a token was renewed. */
	credential: CocCredential;
	/** All secrets of the run, those of tokens that were replaced as well; a new list when one comes. */
	secrets: readonly string[];
	/**
	 * The stored credential, decrypted once: n8n would otherwise do so for every request. n8n writes
	 * a renewed token into `data`.
	 */
	decrypted: ICredentialsDecrypted & { data: ICredentialDataDecryptedObject };
	/** The hosts that a user of n8n restricted the credential to, for requests beside COC. */
	allowedDomains?: string;
	/** A renewal under way, which all requests of the run share. */
	renewal?: Promise<void> | undefined;
	/** Whether COC has answered in this run. */
	hasAnswered: boolean;
	/** Why nothing more may be sent in this run. */
	closed?: Refused;
}

/** Reads and checks the credential that the user chose. */
export async function openSession(context: NodeContext): Promise<Checked<Session>> {
	const stored = await readStored(context);
	if (!stored.ok) return stored;
	const data = stored.value;
	const credential = readCredential(data, Date.now(), isNew);
	if (!credential.ok) return credential;
	const { id, name } = context.getNode().credentials?.[CREDENTIAL_TYPE] ?? { id: null, name: '' };
	return {
		ok: true,
		value: {
			context,
			credential: credential.value,
			secrets: credential.value.secrets,
			hasAnswered: false,
			decrypted: { id: id ?? '', name, type: CREDENTIAL_TYPE, data },
		},
	};
}

/** The stored credential as it is now: another execution may have renewed its token. */
export async function readStored(
	context: NodeContext,
): Promise<Checked<ICredentialDataDecryptedObject>> {
	try {
		return { ok: true, value: await context.getCredentials(CREDENTIAL_TYPE) };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		return { ok: false, reason: `the credential could not be read: ${message}` };
	}
}
