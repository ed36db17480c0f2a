import { REPORT_ACTION, reportAlarm } from '../../../coc/calls/reportAlarm';
import { cleanText } from '../../../coc/cleanText';
import {
	reportedAlarm,
	reportedAlarmFields,
	reportedAsEntered,
	reportOptions,
} from '../../../fields/reportedAlarm';
import { missingIntegrationKey } from '../../../run/integrationKey';
import { REPEATABLE, writing } from '../../../run/write';

/** Reports an alarm to COC (`POST /v1/event/huawei/custom/{integration_key}`). */
export const report = writing({
	option: {
		name: 'Report',
		value: 'report',
		action: 'Report alarm',
		description: 'Report an alarm of your own, or its end',
	},
	fields: { ...reportedAlarm, additional: reportedAlarmFields, options: reportOptions },
	words: {
		done: 'reported',
		iamAction: REPORT_ACTION,
		refusedHint: "Check the fields that COC names, and the credential's 'Integration Key'.",
	},
	subject: { label: 'Alarm', key: 'alarmId' },
	subjectOf: reportedAsEntered,
	// What is reported of one alarm keeps its order.
	keyOf: ({ alarmId }) => alarmId,
	async plan(values, { client, shownOf }) {
		const missing = missingIntegrationKey(client.session.credential);
		if (missing !== null) return missing;
		const { alarmId, alarmName, alarmSource } = values;
		return await Promise.resolve({
			request: reportAlarm({
				...values,
				...values.additional,
				additional: values.additional.additional,
			}),
			shown: shownOf(values),
			take: () => ({}),
			// COC merges reports of one ID into one alarm, and gives that a number of its own.
			proof: REPEATABLE,
			check: (sentAt) =>
				`look among COC's alarms for "${cleanText(alarmName)}" of the source "${cleanText(alarmSource)}", about ${new Date(sentAt).toISOString()}; reported again with the ID ${cleanText(alarmId)} it should become no second alarm`,
		});
	},
});
