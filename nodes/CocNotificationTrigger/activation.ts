import type { IHookFunctions } from 'n8n-workflow';
import { realClock } from '../client/clock';
import { CREDENTIAL_TYPE, openSession } from '../client/session';
import { readFields } from '../fields/field';
import { triggerInput } from '../fields/input';
import { settingsError } from './notificationError';
import { notificationFields, notificationProperties } from './notificationFields';
import { memoryOf, storeMemory } from './notificationMemory';
import { readSecret } from './unsigned';

/**
 * Checks what the node needs before notifications come, and has it remember from when on events
 * count. Nothing is registered at COC, which has no call for it.
 */
export async function activate(context: IHookFunctions): Promise<void> {
	const settings = readFields(notificationFields, triggerInput(context, notificationProperties));
	if (!settings.ok) throw settingsError(context.getNode(), settings);
	const session = await openSession(context);
	if (!session.ok) throw settingsError(context.getNode(), session);
	if (settings.value.acceptUnsigned) {
		const secret = readSecret(await context.getCredentials(CREDENTIAL_TYPE));
		if (!secret.ok) throw settingsError(context.getNode(), secret);
	}
	if (context.getMode() !== 'manual') storeMemory(context, memoryOf(context, realClock.now()));
}
