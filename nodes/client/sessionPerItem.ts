import type {
	ICredentialDataDecryptedObject,
	ICredentialsHelper,
	IWorkflowExecuteAdditionalData,
	WorkflowExecuteMode,
} from 'n8n-workflow';
import type { Checked } from '../coc/result';
import { SESSION_FIELDS } from '../auth/credential';
import { CREDENTIAL_TYPE, openSession, readStored, sessionWith } from './session';
import type { NodeContext, Session } from './session';

/** The session of an item. */
export type SessionOf = (itemIndex: number) => Checked<Session>;

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
	const distinct = new Map<string, Checked<Session>>();
	const sessions: Array<Checked<Session>> = [];
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
		Object.entries(data).filter(([name]) => !SESSION_FIELDS.has(name)),
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
	const { additionalData, mode } = context as NodeContext & Inside;
	const helper = additionalData?.credentialsHelper;
	const reference = context.getNode().credentials?.[CREDENTIAL_TYPE];
	if (!additionalData || !helper || !mode || !reference) return true;
	try {
		const raw = await helper.getDecrypted(
			additionalData,
			reference,
			CREDENTIAL_TYPE,
			mode,
			undefined,
			true,
		);
		return Object.values(raw).some(readsItem);
	} catch {
		return true;
	}
}

/** What is the same for all items of a run, in an expression. */
const SAME_FOR_ALL = /\$(?:vars|secrets|env|workflow|execution)\b/g;

/** Whether a stored value is an expression that may read the item; when in doubt it does. */
function readsItem(value: unknown): boolean {
	if (typeof value !== 'string' || !value.startsWith('=')) return false;
	return /\$|\bthis\b/.test(value.replace(SAME_FOR_ALL, ''));
}
