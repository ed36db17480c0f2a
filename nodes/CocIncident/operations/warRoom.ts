import type { Resource } from '../../run/operation';
import { getWarRooms } from './warRoom/getWarRooms';
import { openWarRoom } from './warRoom/openWarRoom';

/** A war room. */
export const WAR_ROOM: Resource = {
	name: 'War Room',
	value: 'warRoom',
	subject: { label: 'War room', key: 'warRoom' },
	preset: getWarRooms.option.value,
	operations: [openWarRoom, getWarRooms],
};
