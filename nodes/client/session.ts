import type {
	FunctionsBase,
	ICredentialDataDecryptedObject,
	ICredentialsDecrypted,
	ICredentialsHelper,
	IWorkflowExecuteAdditionalData,
	RequestHelperFunctions,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import { HIDDEN_FIELDS, type CocCredential } from '../auth/credential';
import { knownCredential } from '../auth/knownCredential';
import { cleanText } from '../coc/cleanText';
import type { Result } from '../coc/result';
import type { CredentialFault } from '../errors/failure';

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
	/** Whether it is one with a service beside COC. */
	isBeside?: boolean;
	/** The hosts that a user of n8n restricted the credential to, for requests beside COC. */
	allowedDomains?: string;
	/** A renewal under way, which all requests of the run share. */
	renewal?: Promise<void> | undefined;
	/** Whether COC has answered in this run. */
	hasAnswered: boolean;
	/** Why nothing more may be sent in this run. */
	fault?: CredentialFault;
}

/** Reads and checks the credential that the user chose, its expressions resolved for an item. */
export async function openSession(context: NodeContext, itemIndex = 0): Promise<Result<Session>> {
	const stored = await readStored(context, itemIndex);
	return stored.ok ? sessionWith(context, itemIndex, stored.value) : stored;
}

/** A session with a credential's decrypted data, when it passes the rules. */
export function sessionWith(
	context: NodeContext,
	itemIndex: number,
	data: ICredentialDataDecryptedObject,
): Result<Session> {
	const credential = knownCredential(data);
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
): Promise<Result<ICredentialDataDecryptedObject>> {
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

/** The session of an item. */
export type SessionOf = (itemIndex: number) => Result<Session>;

/**
 * The sessions of a run's items: a credential may hold expressions that give each item another
 * endpoint or user, as n8n's HTTP Request node resolves them. Items whose credential resolves to the
 * same share one session.
 *
 * @param breathe called between two reads, so that many of them don't block the event loop
 */
export async function openSessions(
	context: NodeContext,
	itemCount: number,
	breathe: () => Promise<void>,
): Promise<SessionOf> {
	if (itemCount <= 1 || !(await dependsOnItem(context))) {
		const session = await openSession(context);
		return () => session;
	}
	const distinct = new Map<string, Result<Session>>();
	const sessions: Array<Result<Session>> = [];
	for (let itemIndex = 0; itemIndex < itemCount; itemIndex++) {
		await breathe();
		const stored = await readStored(context, itemIndex);
		const key = JSON.stringify(stored.ok ? withoutSession(stored.value) : stored);
		const session =
			distinct.get(key) ?? (stored.ok ? sessionWith(context, itemIndex, stored.value) : stored);
		distinct.set(key, session);
		sessions.push(session);
	}
	return (itemIndex) => sessions[itemIndex]!;
}

/** What a user entered: another execution may renew the token between two reads. */
function withoutSession(data: ICredentialDataDecryptedObject): ICredentialDataDecryptedObject {
	return Object.fromEntries(
		Object.entries(data).filter(([name]) => !HIDDEN_FIELDS.has(name)),
	) as ICredentialDataDecryptedObject;
}

/**
 * The part of n8n's own functions by which a credential can be read as it is written. It isn't in the
 * interface that n8n gives to nodes, so an n8n without it must be reckoned with.
 */
interface Inside {
	additionalData?: IWorkflowExecuteAdditionalData & { credentialsHelper?: ICredentialsHelper };
	mode?: WorkflowExecuteMode;
}

/**
 * Whether the credential holds an expression whose value may differ from item to item. To read it for
 * each item costs more than the item's request, so that is done only where it is needed; also where
 * this n8n doesn't let a node see the expressions.
 */
async function dependsOnItem(context: NodeContext): Promise<boolean> {
	const written = await readWritten(context);
	return written === null || Object.values(written).some(readsItem);
}

/** The credential as it is written, with its expressions; null where this n8n doesn't show it. */
export async function readWritten(
	context: NodeContext,
): Promise<ICredentialDataDecryptedObject | null> {
	const { additionalData, mode } = context as NodeContext & Inside;
	const helper = additionalData?.credentialsHelper;
	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	if (!additionalData || !helper || !mode || !reference) return null;
	try {
		return await helper.getDecrypted(
			additionalData,
			reference,
			CREDENTIAL_TYPE,
			mode,
			undefined,
			true,
		);
	} catch {
		return null;
	}
}

/** What is the same for all items of a run, in an expression. */
const SAME_FOR_ALL = /\$(?:vars|secrets|env|workflow|execution)\b/g;

/** Whether a stored value is an expression that may read the item; when in doubt it does. */
function readsItem(value: unknown): boolean {
	if (typeof value !== 'string' || !value.startsWith('=')) return false;
	return /\$|\bthis\b/.test(value.replace(SAME_FOR_ALL, ''));
}
