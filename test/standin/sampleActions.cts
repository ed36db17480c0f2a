/** Tickets in each status, and parameters that v2's actions take. */

export const fresh = { status: 'INCIDENT_STATUS_TRIGGERED' } as const;
export const accepted = { status: 'INCIDENT_STATUS_ACKNOWLEDGED' } as const;
export const rejected = { status: 'INCIDENT_STATUS_REJECTED' } as const;
export const completed = { status: 'INCIDENT_STATUS_COMPLETED' } as const;
export const resolved = { status: 'INCIDENT_STATUS_RESOLVED' } as const;

export const another = 'a'.repeat(32);
export const shift = { virtual_schedule_type: 'scene', virtual_schedule_role: 'role' };
export const send = { virtual_send_assignee: another, virtual_send_comment: 'Yours' };
export const verdict = (virtual_confirm_result: boolean) => ({
	virtual_confirm_result,
	virtual_confirm_comment: 'Tried it',
});
export const solution = {
	mtm_type: 'inc_type_p_config_issues',
	is_service_interrupt: false,
	cause: 'A wrong setting',
	solution: 'Put right',
	start_time: null,
	fault_recovery_time: null,
	resolve_attachments: '',
};
export const interrupted = { ...solution, is_service_interrupt: true };
export const pause = { pause_end_time: 1_795_510_801_000, pause_reason: 'Waits for parts' };
export const level = (virtual_target_level: string) => ({
	virtual_target_level,
	virtual_change_level_comment: 'Fewer users',
});
export const edited = {
	title: 'Orders are lost',
	level_id: 'level_20',
	mtm_type: 'inc_type_p_security_issues',
	source_id: 'incident_source_alarm',
	is_service_interrupt: true,
};
export const wholly = {
	...edited,
	mtm_region: 'cn-north-4',
	enterprise_project_id: 'project',
	current_cloud_service_id: 'application',
	description: 'Since noon',
	attachments: 'doc-1,doc-2',
	incident_ownership: 'Alarm detection',
	start_time: 1000,
};
export const shiftAgain = { assignee_scene: 'scene', assignee_role: 'role' };
