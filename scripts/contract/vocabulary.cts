/** Words of COC's own, which say nothing about an account: they stay as they are in a transcript. */
import { LEVELS, LIFECYCLE, SOURCES, STATUS_LABELS, TYPES } from './product.cts';

/** The labels of COC's preset values, by their keys. */
export const LABELS: ReadonlyMap<string, string> = new Map([
	...LEVELS,
	...SOURCES,
	...TYPES,
	...STATUS_LABELS,
]);

const FIELDS =
	`ticket_id title description level_id source_id mtm_type mtm_region enterprise_project_id
	current_cloud_service_id forward_rule_id is_service_interrupt work_flow_status phase assignee creator
	operator create_time update_time start_time handle_time incident_ownership
	create_time_start create_time_end update_time_start update_time_end level`.split(/\s+/);

const NODES = `StartNode EndNode OperateNode ApprovalNode PauseNode MutilateInstanceNode
	未受理 处理 一审或签 降级一审并签 未受理驳回提单人确认 验证节点`.split(/\s+/);

/** Documented, as values of `WORD_KEYS`. */
const WORDS: ReadonlySet<string> = new Set([
	...LABELS.keys(),
	...LIFECYCLE.flatMap(({ keys }) => [...keys]),
	...FIELDS,
	...NODES,
	...'in like startwith endwith = != > < >= <= asc desc'.split(' '),
	...'running incident reference__base_config.User'.split(' '),
]);

const WORD_KEYS: ReadonlySet<string> = new Set(
	`level_id incident_level level mtm_type incident_type source_id incident_source source enum_key
	biz_id status work_flow_status phase action sub_action final_sub_action operate_key key type state
	prop_id filed_key match_type field operator name values value ticket_types fields
	virtual_target_level`.split(/\s+/),
);

/** Fields whose words the contract leaves open: any word that may be COC's own stays. */
const OPEN_KEYS: ReadonlySet<string> = new Set(
	'status work_flow_status phase action sub_action final_sub_action state type prop_id filed_key match_type'.split(
		' ',
	),
);

const COUNTS: ReadonlySet<string> = new Set(
	'total count total_count page per_page limit offset provider_code'.split(' '),
);

/** Like `flow_acknowledged`: one word of letters without a long number in it. */
const OPEN_WORD = /^(?!.*\d{4})(?!.*[0-9a-f]{12})[A-Za-z][A-Za-z0-9]*(?:[_.-]{1,2}[A-Za-z0-9]+)*$/;

export const isWord = (key: string, text: string) => WORD_KEYS.has(key) && WORDS.has(text);

export const isOpenKey = (key: string) => OPEN_KEYS.has(key);

export const isOpenWord = (text: string) => text.length <= 60 && OPEN_WORD.test(text);

export const isCount = (key: string) => COUNTS.has(key);

/** Whether a field is a time, by its name. */
export const isTimeKey = (key: string) => /(?:^|_)time(?:_|$)/.test(key);
