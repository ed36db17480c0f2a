import type { Operation, Resource } from '../../run/operation';
import { accept } from './incident/accept';
import { create } from './incident/create';
import { get } from './incident/get';
import { getAll } from './incident/getAll';
import { reject } from './incident/reject';
import { submitSolution } from './incident/submitSolution';
import { verify } from './incident/verify';

/** What the node works on, and what it can do with it. A new operation is a file and an entry here. */
export const RESOURCES: Resource[] = [
	{
		name: 'Incident',
		value: 'incident',
		subject: { label: 'Ticket', key: 'ticket' },
		operations: [accept, create, get, getAll, reject, submitSolution, verify],
	},
];

export const [INCIDENT] = RESOURCES as [Resource];

/** An operation on incidents by its name; undefined for one that this version doesn't have. */
export function incidentOperation(name: unknown): Operation | undefined {
	return INCIDENT.operations.find(({ option }) => option.value === name);
}
