import type { Operation, Resource } from '../../run/operation';
import { ALARM } from './alarm';
import { FILE } from './file';
import { INCIDENT } from './incident';
import { WAR_ROOM } from './warRoom';

/** What the node works on, and what it can do with it. */
export const RESOURCES: Resource[] = [INCIDENT, ALARM, FILE, WAR_ROOM];

/** An operation by the names of its resource and its own; undefined for one that this version doesn't have. */
export function operationOf(resource: unknown, name: unknown): Operation | undefined {
	const found = RESOURCES.find(({ value }) => value === resource);
	return found?.operations.find(({ option }) => option.value === name);
}
