import type { NodeExecutionHint } from 'n8n-workflow';
import type { Summary } from './itemResult';

/**
 * What a reader of the output should know before its rows: a dry run looks like a success, and what is
 * unknown must be looked at. For a run that goes on after failures; one that stops says it in its error.
 */
export function runHints({ ofItems, named }: Summary): NodeExecutionHint[] {
	const results = ofItems.flatMap((outcomes) => outcomes ?? []);
	const count = (outcome: string) => results.filter((one) => one === outcome).length;
	const [dry, recovered, unknown] = [count('dryRun'), count('recovered'), count('unknown')];
	const hints: NodeExecutionHint[] = [];
	if (dry > 0) {
		const which = dry === results.length ? '' : ` for ${dry} of ${results.length} items`;
		hints.push(
			hint('warning', `Dry run: nothing was sent${which}. Remove the option 'Dry Run' to send it.`),
		);
	}
	if (unknown > 0) {
		const names = named.unknown ?? [];
		const some = names.length > MOST_NAMED ? ' …' : '';
		const list = names.length === 0 ? '' : ` (${names.slice(0, MOST_NAMED).join(', ')}${some})`;
		hints.push(
			hint(
				'warning',
				`${counted(unknown)} unknown${list}: what was sent may have been applied. Look at each of them in COC, and repeat only what isn't there.`,
			),
		);
	}
	if (recovered > 0) {
		hints.push(
			hint(
				'info',
				`${counted(recovered)} recovered: the answer was lost, and COC's record shows that it was applied. Nothing is left to do.`,
			),
		);
	}
	return hints;
}

/** Most names in a hint. */
const MOST_NAMED = 5;

const counted = (items: number) => (items === 1 ? '1 item is' : `${items} items are`);

function hint(type: 'info' | 'warning', message: string): NodeExecutionHint {
	return { message, type, location: 'outputPane' };
}
