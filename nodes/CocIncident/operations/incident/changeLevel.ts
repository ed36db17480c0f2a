import type { ActionParams } from '../../../coc/calls/handleIncident';
import { LEVELS } from '../../../coc/enumerations';
import { inputFailure, type Read } from '../../../errors/failure';
import { historyText, textOptions } from '../../../fields/historyText';
import { keyedField, LEVEL } from '../../../fields/keyed';
import { ticket } from '../../../fields/ticket';
import { changing } from '../../../run/change';
import { v2ActionAfter } from '../../../run/handle';
import type { Situation } from '../../../run/situation';

/** Asks for another level of an accepted incident (HandleIncident, `changeLevel`). */
export const changeLevel = changing({
	option: {
		name: 'Change Level',
		value: 'changeLevel',
		action: 'Change level of incident',
		description: 'Change the level of an accepted incident',
	},
	fields: {
		ticket,
		level: keyedField({ ...LEVEL, preset: '' }),
		reason: historyText({
			displayName: 'Reason',
			name: 'reason',
			placeholder: 'e.g. All regions are concerned',
			description: 'Why the level changes',
		}),
		options: textOptions,
	},
	words: {
		about: (it) => `the new level of ${it}`,
		done: 'set',
		refusedHint:
			"Check that the ticket is accepted, that the level exists in your COC, and that the credential's user may change it.",
	},
	trace: {
		kind: 'levelRequest',
		text: ({ reason }) => reason,
		leads: ({ level }) => ({ level }),
	},
	send: v2ActionAfter<{ level: string }, ActionParams['changeLevel'], null>(isAnotherLevel),
	params: ({ level, reason }) => ({
		virtual_target_level: level,
		virtual_change_level_comment: reason,
	}),
});

async function isAnotherLevel({ state }: Situation, item: { level: string }): Promise<Read<null>> {
	const { level } = item;
	if (state.level !== level) return await Promise.resolve({ ok: true, value: null });
	const reason = `its level is ${LEVELS.get(level) ?? level} already`;
	return { ok: false, failure: inputFailure(reason, 'Nothing is left to do.') };
}
