import { cleanText } from '../coc/cleanText';
import type { InvalidInput, Result } from '../coc/result';
import { refusedInput } from '../errors/refusedInput';
import type { Operation, Resource } from '../run/operation';
import { verify } from './operations/incident/verify';
import { INCIDENT } from './operations/incident';
import { RESOURCES } from './operations/operations';

/**
 * The operation that a node is set to, and what it is about. One that this version doesn't have
 * refuses every item. It isn't thrown: in *Continue* mode n8n would hand the items on as if all were
 * well.
 */
export function chosenOperation(
	resource: Result<unknown>,
	operation: Result<unknown>,
): [Operation, Resource] {
	if (!resource.ok) return refusing(resource);
	if (resource.value === CUSTOM_API_CALL) return refusing(CUSTOM);
	const chosen = RESOURCES.find(({ value }) => value === resource.value);
	if (chosen === undefined) return refusing(unknown('resource', resource.value));
	// Hidden, and therefore missing, where the resource isn't known.
	if (!operation.ok) return refusing(operation);
	if (operation.value === CUSTOM_API_CALL) return refusing(CUSTOM);
	const found = chosen.operations.find(({ option }) => option.value === operation.value);
	return found ? [found, chosen] : refusing(unknown('operation', operation.value));
}

function unknown(what: string, name: unknown): InvalidInput {
	return {
		reason: `this version of the node has no ${what} "${cleanText(String(name)) ?? ''}"`,
		hint: `Update the package, or choose another ${what}.`,
	};
}

/** An entry that n8n itself adds to the lists of resources and operations. */
const CUSTOM_API_CALL = '__CUSTOM_API_CALL__';

const CUSTOM: InvalidInput = {
	reason: "'Custom API Call' is none of the node's operations",
	hint: "Use n8n's HTTP Request node: set 'Authentication' to 'Predefined Credential Type' and 'Credential Type' to 'Huawei Cloud COC API'.",
};

function refusing(fault: InvalidInput): [Operation, Resource] {
	const words = { ...verify.words, about: () => 'the item', done: 'handled' };
	return [{ ...verify, words, prepare: () => refusedInput(fault) }, INCIDENT];
}
