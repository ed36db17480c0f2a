/** The calls that tests speak of. */
export const HANDLE = '/v1/external/incident/handle';
export const CREATE = '/v1/external/incident/create';
export const DETAIL = '/v1/external/incident';
export const LIST = '/v1/incident-tickets';
export const LIST_V2 = '/v2/incidents/list';
export const WAR_ROOMS = '/v1/external/warrooms';
export const WAR_ROOM_LIST = '/v1/external/warrooms/list';
export const ALARM = '/v1/alarm-mgmt/alarm';
export const CLEAR = '/v1/alarm-mgmt/alarms/cancel';
export const LINK = '/v1/alarm-mgmt/alarms-linked-incident';
export const REPORT = '/v1/event/huawei/custom';
export const HISTORIES = '/v1/external/incident/list-histories';
