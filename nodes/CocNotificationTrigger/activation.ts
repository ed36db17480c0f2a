import { NodeOperationError, type IHookFunctions } from 'n8n-workflow';
import { realClock } from '../client/clock';
import { CREDENTIAL_TYPE, openSession } from '../client/session';
import type { InvalidInput } from '../coc/result';
import { readFields } from '../fields/field';
import { triggerInput } from '../fields/input';
import { notificationFields, notificationProperties } from './notificationFields';
import { memoryOf, storeMemory } from './notificationMemory';
import { readSecret } from './unsigned';

/**
 * Checks what the node needs before notifications come, and has it remember from when on events
 * count. Nothing is registered at COC, which has no call for it.
 */
export async function activate(context: IHookFunctions): Promise<void> {
	const settings = readFields(notificationFields, triggerInput(context, notificationProperties));
	if (!settings.ok) throw refusal(context, settings);
	const session = await openSession(context);
	if (!session.ok) throw refusal(context, session);
	if (settings.value.acceptUnsigned) {
		const secret = readSecret(await context.getCredentials(CREDENTIAL_TYPE));
		if (!secret.ok) throw refusal(context, secret);
	}
	if (context.getMode() !== 'manual') storeMemory(context, memoryOf(context, realClock.now()));
}

function refusal(context: IHookFunctions, { reason, hint }: InvalidInput): NodeOperationError {
	const parts = [reason, hint].filter((part) => part !== undefined);
	return new NodeOperationError(context.getNode(), parts.join('. '));
}
