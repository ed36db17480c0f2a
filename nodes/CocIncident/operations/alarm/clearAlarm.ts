import { CLEAR_ACTION, clearAlarms, readCleared } from '../../../coc/calls/clearAlarms';
import { alarmStatusOf, RESOLVED } from '../../../coc/calls/showAlarm';
import { alarms, alarmsAsEntered } from '../../../fields/alarms';
import { interruption } from '../../../fields/interruption';
import { options, shortenTexts, dryRunOfCreation } from '../../../fields/options';
import { remarks } from '../../../fields/remarks';
import { writingMany } from '../../../run/writeMany';

/** Clears alarms (`POST /v1/alarm-mgmt/alarms/cancel`). */
export const clearAlarm = writingMany({
	option: {
		name: 'Clear',
		value: 'clear',
		action: 'Clear alarms',
		description: 'End one alarm or several',
	},
	fields: {
		alarms,
		remarks,
		interruption,
		options: options({ dryRun: dryRunOfCreation, shortenTexts }),
	},
	words: {
		done: 'cleared',
		iamAction: CLEAR_ACTION,
		refusedHint: 'Check the alarm ID, and who may clear the alarm.',
		check: () => 'look at the alarm in COC; to clear it once more does no harm',
	},
	key: 'alarm',
	subjectOf: alarmsAsEntered,
	batch: ({ alarms: all, remarks: said, interruption: interrupted }) => ({
		all,
		request: (some) => clearAlarms(some, { remarks: said, interruption: interrupted }),
		shown: { remarks: said, ...interruption.shown?.(interrupted) },
		take: readCleared,
		record: alarmStatusOf,
		done: RESOLVED,
	}),
});
