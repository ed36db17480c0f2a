import type { Alarm } from '../../test/standin/index.cts';

const MINUTE = 60_000;

/** The last digits of an alarm's ID, and what is wrong. */
const rows: Array<[digits: number, name: string]> = [
	[811, 'Payments take longer than 10 s'],
	[812, 'The error rate of payments is high'],
	[813, 'The queue of payments grows'],
];

/** The alarms of one moment, which have no incident yet. As of tickets, IDs are fixed and times are not. */
export function sandboxAlarms(now: number): Array<Partial<Alarm> & Pick<Alarm, 'id'>> {
	return rows.map(([digits, name]) => ({
		id: `ALM20240322151506017173${digits}`,
		name,
		app: PAYMENTS.id,
		createTime: now - 5 * MINUTE,
		updateTime: now - 5 * MINUTE,
	}));
}

/** The application that they are about; examples name it. */
export const PAYMENTS = { id: '66f0c0000000000000000002', name: 'Payments', code: 'payments' };
