/** A stand-in whose account has telling names, texts and IDs: none of them may get out. */
import type { Clock } from '../../scripts/contract/coc.cts';
import { startIam, type Iam } from '../standin/iam.cts';
import {
	type StandIn,
	startStandIn,
	ticketStatuses,
	type StandInOptions,
} from '../standin/index.cts';

export const SELF = '7da46971b7e24eed90cf777cc2ff8b91';
export const OTHER = 'c0ffee00decaf000beef0000feed5678';
const THIRD = '5ec2e7ba5eba11d00dfeed0123456789';

/** What must be found in neither file, by what it is. */
export const TELLING = {
	selfName: 'Wilhelmina Überbach',
	otherName: '张小龙-Payments',
	thirdName: 'o’Connor & Söhne',
	titles: [
		'Payroll of <Müller & Co> is late',
		'Tresor "Nord" steht offen\nsofort',
		'数据库密码泄露 😱 Kunde 4711',
	],
	description: 'Call +49 170 5550123; the key lies under 10.20.30.40:/srv/secret?token=abc def',
	application: 'Kreditentscheider-Blau',
	project: 'Projekt Nachtfalke',
	region: 'atlantis-west-7',
	ownership: 'Abteilung Sieben/Geheim',
	scene: 'scene-bereitschaft-nord',
	role: 'role-oberförster',
	comments: ['Frau Drosselbart hat angerufen', 'ssh root@db-1.intern.example: p4ssw0rd!'],
	level: 'level_unternehmenskritisch',
	type: 'inc_type_p_schatzkammer_4711',
} as const;

export interface Filled {
	/** The stand-in's: waiting moves it on at once. */
	clock: Clock;
	coc: StandIn;
	iam: Iam;
	/** All strings of the account, those in the tickets' fields as well. */
	strings(): string[];
	close(): Promise<void>;
}

/** Tickets in every status, of three people. */
export async function startFilled(options: StandInOptions = {}, count = 14): Promise<Filled> {
	let waited = 0;
	const clock: Clock = {
		now: () => Date.now() + waited,
		sleep: (ms) => {
			waited += ms;
			return Promise.resolve();
		},
	};
	const coc = await startStandIn({ now: clock.now, ...options });
	const iam = await startIam({ coc });
	const { titles, comments } = TELLING;
	coc.people.set(SELF, TELLING.selfName);
	coc.people.set(OTHER, TELLING.otherName);
	coc.people.set(THIRD, TELLING.thirdName);
	const application = coc.addApplication({ name: TELLING.application });
	const project = coc.addEnterpriseProject({
		id: 'b7f0a9d2-1c3e-4f5a-8b6d-2e9c7a1f4d30',
		name: TELLING.project,
	});
	const begin = clock.now() - 3_600_000;
	for (let index = 0; index < count; index++) {
		const status = ticketStatuses[index % ticketStatuses.length]!;
		const at = begin + index * 60_000;
		const isOdd = index === 5 || index === 9;
		coc.addTicket({
			status,
			createTime: at,
			updateTime: at + 1000,
			startTime: index % 3 === 0 ? at - 5000 : null,
			handleTime: /RESOLVED|COMPLETED/.test(status) ? at + 900 : null,
			title: titles[index % titles.length]!,
			description: index % 2 === 0 ? TELLING.description : null,
			creator: index % 2 === 0 ? SELF : OTHER,
			assignee: [SELF, OTHER, THIRD][index % 3]!,
			level: `level_${(1 + (index % 5)) * 10}`,
			...(isOdd && { ownership: TELLING.ownership, region: TELLING.region }),
			...(isOdd && { assigneeScene: TELLING.scene, assigneeRole: TELLING.role }),
			application: application.id,
			enterpriseProject: project.id,
			history: historyOf(status, at, comments[index % 2]!),
		});
	}
	return {
		clock,
		coc,
		iam,
		strings: () => [...texts(TELLING), ...texts(coc.tickets.all()), ...coc.people.keys()],
		close: async () => void (await Promise.all([coc.close(), iam.close()])),
	};
}

/** What led to a status. */
function historyOf(status: string, at: number, comment: string) {
	const bare = { operator: OTHER, result: null, comment: null };
	const steps = [
		{ action: 'create', status: 'INCIDENT_STATUS_TRIGGERED' },
		{ action: 'addRemark', status: 'INCIDENT_STATUS_TRIGGERED', comment },
		{ action: 'acceptedIncident1', status: 'INCIDENT_STATUS_ACKNOWLEDGED' },
		{ action: 'commitSolution', status: 'INCIDENT_STATUS_RESOLVED' },
		{ action: 'confirm', status: 'INCIDENT_STATUS_COMPLETED', comment, result: true },
	];
	const lengths: Record<string, number> = { ACKNOWLEDGED: 3, RESOLVED: 4, COMPLETED: 5 };
	const length = lengths[status.replace('INCIDENT_STATUS_', '')] ?? 2;
	return steps.slice(0, length).map((step, index) => ({ ...bare, at: at + index * 100, ...step }));
}

/** Every string in a value, at whatever depth. */
export function texts(value: unknown): string[] {
	if (typeof value === 'string') return [value];
	if (typeof value !== 'object' || value === null) return [];
	return Object.values(value).flatMap(texts);
}
