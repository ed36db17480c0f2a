/** A COC with one ticket that is to be changed, by an item and by others. */
import { LETTERS, type Random } from '../../support/random.cts';
import {
	ACTIONS,
	HOUR,
	KNOWN_KEYS,
	PERSON,
	ROLE,
	SCENE,
	TARGET_LEVEL,
	type Action,
	type ActionName,
	type ItemFields,
} from '../contract.cts';
import type { World } from './deployment.cts';
import { detailBody, historyBody, STATUS, type Entry } from './record.cts';
import { tasksBody, type Flow } from './tasks.cts';

/** A change as an item asks for it. */
export interface Asked {
	ticket: string;
	name: ActionName;
	fields: ItemFields;
	/** Who acts: the operator, or the credential's own user; the world knows also whom nobody else does. */
	user: string;
}

const OTHER = 'd'.repeat(32);
const EVERY_STATUS = Object.values(STATUS);

export function actionWorld(random: Random, asked: Asked, now: () => number): World {
	const action: Action = ACTIONS[asked.name];
	const text = action.text === null ? '' : String(asked.fields[action.text]);
	const flow = anyFlow(random, asked, now());
	const { ticket } = flow;
	const isLively = random.once(2);
	/** Entries that the history doesn't show yet. */
	const late: Entry[] = [];

	const entry = (more: Partial<Entry>): Entry => ({
		ticket: ticket.number,
		action: random.pick(action.keys),
		operator: asked.user,
		comment: random.pick([text, text, text, text, '', `Note: ${text}`, 'Something else']),
		at: now(),
		...(random.once(2) && { status: ticket.status }),
		...(random.once(5) && { field: random.pick(['sub_action', 'final_sub_action'] as const) }),
		...more,
	});

	function act(sent: unknown) {
		const given = (sent as { task_id?: string }).task_id;
		const isUsedUp = given !== undefined && !given.includes(`-${flow.run}-`) && random.once(2);
		if (isUsedUp || !action.from.includes(ticket.status) || random.once(4)) return;
		if (!random.once(12)) (random.once(12) ? late : ticket.history).push(entry({}));
		if (!random.once(12)) effect();
		if (!random.once(asked.name === 'addRemark' ? 1 : 5)) flow.run++;
	}

	function effect() {
		const fields = ticket.fields!;
		switch (asked.name) {
			case 'forward':
				if ('assignee' in asked.fields) {
					fields.incident_assignee = JSON.stringify([asked.fields.assignee]);
				}
				if (random.once(3)) ticket.status = STATUS.triggered;
				break;
			case 'changeLevel':
				if (random.once(2)) fields.incident_level = JSON.stringify(TARGET_LEVEL);
				else flow.approvals++;
				break;
			case 'pause':
				if (random.once(2)) flow.paused = true;
				else flow.approvals++;
				break;
			case 'approve':
			case 'refuse':
				flow.approvals = Math.max(0, flow.approvals - 1);
				break;
			case 'resume':
				flow.paused = false;
				break;
			case 'submitSolution':
				fields.handle_time = String(now());
				ticket.status = STATUS.resolved;
				break;
			case 'addRemark':
				break;
			default:
				ticket.status = action.after[0]!;
		}
	}

	/** Somebody else is at work, or COC is late. */
	function pass() {
		ticket.history.push(...late.splice(0, random.once(3) ? 1 : 0));
		if (!isLively || !random.once(15)) return;
		const fields = ticket.fields!;
		const changes: Array<() => void> = [
			() => void (fields.incident_level = JSON.stringify(random.pick(['level_10', TARGET_LEVEL]))),
			() => void (fields.incident_assignee = JSON.stringify([random.pick([PERSON, OTHER])])),
			() => void (fields.assignee_role = JSON.stringify(random.pick([ROLE, 'role-2']))),
			() => void (fields.handle_time = String(now())),
			() => void (ticket.status = random.pick(EVERY_STATUS)),
			() => flow.run++,
			() => flow.run++,
			() => void (flow.paused = !flow.paused),
			() => flow.approvals++,
			() => void ticket.history.push(entry({ operator: OTHER })),
			() => void ticket.history.push(entry({ operator: OTHER, comment: text })),
			() => void ticket.history.push(entry({ comment: 'By hand' })),
			() => void ticket.history.push(entry({ action: random.pick([...KNOWN_KEYS]) as string })),
		];
		random.pick(changes)();
	}

	return {
		act,
		pass,
		body(kind, isOdd) {
			if (kind === 'tasks') return tasksBody(random, flow, isOdd);
			return (kind === 'history' ? historyBody : detailBody)(random, ticket, isOdd);
		},
		refusesToken: () => isLively && random.once(150),
	};
}

function anyFlow(random: Random, { name, ticket, fields, user }: Asked, now: number): Flow {
	const action: Action = ACTIONS[name];
	const status = random.pick(random.once(8) ? EVERY_STATUS : action.from);
	const asked = name === 'approve' || name === 'refuse' || random.once(12);
	const history = anyHistory(random, { ticket, isAsked: asked, action, user }, now);
	const level = random.once(10) ? TARGET_LEVEL : 'level_40';
	const assignee = random.once(10) ? (fields.assignee ?? PERSON) : OTHER;
	const shift = random.once(4) ? [SCENE, ROLE] : ['', ''];
	return {
		ticket: {
			number: ticket,
			status,
			history,
			fields: {
				...textFields({
					incident_level: level,
					...{ incident_title: 'Checkout slow', incident_description: 'p99 above 5 s' },
					...{ incident_type: 'inc_type_p_function_issues', incident_ownership: '' },
					...{ incident_source: 'incident_source_manual' },
					...{ assignee_scene: shift[0], assignee_role: shift[1] },
				}),
				is_service_interrupt: random.pick(['true', 'false', '"true"', '"false"']),
				...{
					region: '["cn-north-4"]',
					enterprise_project: '["0"]',
					current_cloud_service: '["app-1"]',
				},
				incident_assignee: random.once(10) ? '[]' : JSON.stringify([assignee]),
				...{ handle_time: 'null', start_time: String(now - 10 * HOUR) },
				create_time: String(random.once(15) ? now - 5000 : now - 10 * HOUR),
			},
		},
		run: 1,
		approvals: asked ? random.pick([1, 1, 1, 1, 1, 1, 2, 0]) : 0,
		several: random.once(6),
		paused: name === 'resume' ? !random.once(8) : random.once(30),
	};
}

const textFields = (fields: Record<string, unknown>) =>
	Object.fromEntries(Object.entries(fields).map(([key, value]) => [key, JSON.stringify(value)]));

interface Past {
	ticket: string;
	isAsked: boolean;
	action: Action;
	user: string;
}

function anyHistory(random: Random, { ticket, isAsked, action, user }: Past, now: number) {
	const history: Entry[] = [];
	const add = (key: string, status: string) =>
		history.push({
			...{ ticket, action: key, operator: random.once(4) ? user : 'a1b2', status },
			comment: random.text(8, LETTERS),
			at: now - 9 * HOUR + history.length * random.pick([60_000, 60_000, 60_000, 0]),
		});
	add('acceptedIncident1', STATUS.acknowledged);
	if (random.once(6)) add(random.pick(action.keys), random.pick(['done', ...action.at]));
	if (!isAsked) return history;
	const working = () => (random.once(4) ? 'done' : STATUS.acknowledged);
	const requests = ['incidentPause', 'changeLevel', 'incidentChangeLevel1'];
	const steps = [
		...requests,
		'agreed',
		'rejected',
		'acceptedForward',
		'addRemark',
		'unheardOf',
		'recovery',
	];
	for (let more = random.pick([0, 0, 0, 1, 3, 5]); more > 0; more--)
		add(random.pick(steps), working());
	if (!random.once(8)) add(random.pick(requests), working());
	return history;
}
