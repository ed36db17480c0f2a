import type {
	FunctionsBase,
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	RequestHelperFunctions,
} from 'n8n-workflow';
import { cleanText } from '../coc/answer';
import type { Checked, Refused } from '../coc/result';
import { readCredential, type CocCredential } from '../auth/credential';
import { isNew } from '../auth/signIn';

export const CREDENTIAL_TYPE = 'huaweiCloudCocApi';

/**
 * What a session needs of the functions that n8n hands a node: the same whether it runs, fills a
 * list in the editor, or polls.
 */
export interface NodeContext extends Pick<FunctionsBase, 'getNode' | 'getCredentials'> {
	helpers: Pick<RequestHelperFunctions, 'httpRequestWithAuthentication'>;
}

/** What one run of a node needs to talk to COC with one credential. */
export interface Session {
	context: NodeContext;
	/** The item for which the credential's expressions are resolved; 0 where there are no items. */
	itemIndex: number;
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

/** Reads and checks the credential that the user chose, its expressions resolved for an item. */
export async function openSession(context: NodeContext, itemIndex = 0): Promise<Checked<Session>> {
	const stored = await readStored(context, itemIndex);
	return stored.ok ? sessionWith(context, itemIndex, stored.value) : stored;
}

/** A session with a credential's decrypted data, when it passes the rules. */
export function sessionWith(
	context: NodeContext,
	itemIndex: number,
	data: ICredentialDataDecryptedObject,
): Checked<Session> {
	const credential = readCredential(data, Date.now(), isNew);
	if (!credential.ok) return credential;
	const { id, name } = context.getNode().credentials?.[CREDENTIAL_TYPE] ?? { id: null, name: '' };
	return {
		ok: true,
		value: {
			context,
			itemIndex,
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
	itemIndex: number,
): Promise<Checked<ICredentialDataDecryptedObject>> {
	try {
		return { ok: true, value: await context.getCredentials(CREDENTIAL_TYPE, itemIndex) };
	} catch (error) {
		const message = cleanText((error as Error).message) ?? 'n8n gave no reason';
		const reason = `the credential could not be read: ${message}`;
		return { ok: false, reason, ...(!hasItems(context) && { hint: NO_ITEM }) };
	}
}

/** Only a node that is executed has items, which the credential's expressions may read. */
function hasItems(context: NodeContext): boolean {
	return 'getInputData' in context;
}

const NO_ITEM =
	"Here is no item for an expression such as {{ $json.token }} in the credential's fields: use a credential without it, or open the credential and correct it.";
