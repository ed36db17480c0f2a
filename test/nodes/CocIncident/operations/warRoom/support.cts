/** War rooms, seen from COC. */
import type { INode, INodeParameters } from 'n8n-workflow';
import type { Ticket, WarRoom } from '../../../../standin/index.cts';
import { type Coc, type Fields, OPERATOR } from '../../../../support/coc.cts';
import { operate } from '../../../../support/operate.cts';

export const CREATE = '/v1/external/warrooms';
export const LIST = '/v1/external/warrooms/list';
export const APPLICATION = '65f1a2b3c4d5e6f708192a3b';

/** An accepted incident that gives all that a war room needs. */
export const accepted = (coc: Coc, fields: Partial<Ticket> = {}) =>
	coc.ticket({
		status: 'INCIDENT_STATUS_ACKNOWLEDGED',
		title: 'Payments fail',
		application: APPLICATION,
		region: 'cn-north-4',
		...fields,
	});

/** What an item brings at least. */
export const room = (ticket: string, fields: object = {}): Fields => ({
	...{ ticket, administrator: OPERATOR },
	...fields,
});

/** Runs Create of the resource War Room. */
export const create = (
	coc: Coc,
	items: Fields[],
	{ parameters, ...settings }: Partial<INode> = {},
) =>
	operate(coc, 'create', items, {
		...settings,
		parameters: { resource: 'warRoom', ...parameters },
	});

/** The same with additional fields and options, for one item. */
export const createOne = (
	coc: Coc,
	ticket: string,
	additionalFields: INodeParameters = {},
	options: INodeParameters = {},
) => create(coc, [room(ticket)], { parameters: { additionalFields, options } });

/** Runs Get Many of the resource War Room. */
export const getMany = (coc: Coc, parameters: INodeParameters = {}) =>
	operate(coc, 'getAll', [{}], { parameters: { resource: 'warRoom', ...parameters } });

/** The bodies of the calls that arrived there. */
export const bodiesAt = (coc: Coc, wanted: string) =>
	coc
		.requests()
		.filter(({ path }) => path === wanted)
		.map(({ json }) => json as Record<string, unknown>);

/** The calls that arrived, in words. */
export const callsOf = (coc: Coc) =>
	coc
		.requests()
		.map(({ path }) => (path === CREATE ? 'create' : path === LIST ? 'list' : 'detail'));

export const rooms = (coc: Coc): WarRoom[] => coc.standIn.warRooms.all();
