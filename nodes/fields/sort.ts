import type { ListPage } from '../coc/calls/listIncidents';
import { collectionField, mapField, type Field } from './field';
import { choiceField } from './simpleFields';

const SORT = { displayName: 'Sort', name: 'sort', placeholder: 'Add sort option' };

const direction = {
	...choiceField<'asc' | 'desc'>({
		displayName: 'Direction',
		name: 'direction',
		options: [
			{ name: 'Ascending', value: 'asc', description: 'The oldest first' },
			{ name: 'Descending', value: 'desc', description: 'The newest first' },
		],
		default: 'desc',
		description: 'Whether the oldest or the newest comes first',
	}),
	absent: 'desc',
} as const;

const field = {
	...choiceField<'createdAt' | 'updatedAt'>({
		displayName: 'Field',
		name: 'field',
		options: [
			{ name: 'Created At', value: 'createdAt' },
			{ name: 'Updated At', value: 'updatedAt' },
		],
		default: 'createdAt',
		description: 'By which time the incidents are sorted',
	}),
	absent: 'createdAt',
} as const;

/** The order of a list of incidents. */
export const sort: Field<ListPage['sort']> = mapField(
	collectionField(SORT, { direction, field }),
	(wanted) => ({
		field: wanted.field === 'createdAt' ? 'create_time' : 'update_time',
		direction: wanted.direction,
	}),
);

/** The order of a list by time. */
export const sortDirection = collectionField(SORT, { direction });
