import { UNPUBLISHED_ACTION, type CocRequest } from '../call';

/** An alarm of a source of one's own; what is undefined isn't sent. Texts have 1–255 characters. */
export interface ReportedAlarm {
	/** The source's own; the same one again is the same alarm. */
	alarmId: string;
	alarmName: string;
	alarmLevel: string;
	/** `ok` ends the alarm of the same ID. */
	alarmStatus: string;
	/** In ms since 1970. */
	time: number;
	nameSpace: string;
	alarmDesc: string;
	alarmSource: string;
	/** The application's ID. */
	application?: string | undefined;
	region?: string | undefined;
	resourceId?: string | undefined;
	resourceName?: string | undefined;
	url?: string | undefined;
	additional?: object | undefined;
}

/** IAM action of the call. */
export const REPORT_ACTION = UNPUBLISHED_ACTION;

/**
 * The call that reports an alarm to COC: `POST /v1/event/huawei/custom/{integration_key}`. The key is a
 * secret, which joins the path where it is sent.
 */
export function reportAlarm(alarm: ReportedAlarm): CocRequest {
	return {
		method: 'POST',
		path: '/v1/event/huawei/custom/',
		endsInIntegrationKey: true,
		json: {
			alarmId: alarm.alarmId,
			alarmName: alarm.alarmName,
			alarmLevel: alarm.alarmLevel,
			time: alarm.time,
			nameSpace: alarm.nameSpace,
			alarmDesc: alarm.alarmDesc,
			alarmSource: alarm.alarmSource,
			regionId: alarm.region,
			applicationId: alarm.application,
			resourceName: alarm.resourceName,
			resourceId: alarm.resourceId,
			URL: alarm.url,
			alarmStatus: alarm.alarmStatus,
			additional: alarm.additional,
		},
	};
}
