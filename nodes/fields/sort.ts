import type { IExecuteFunctions } from 'n8n-workflow';
import type { Checked } from '../coc/result';
import type { ListPage } from '../coc/calls/listIncidents';
import { collectionOf, fieldsOf, readWhole, type Parts } from './collection';
import { asChoice } from './value';

interface Sort {
	direction: 'asc' | 'desc';
	field: 'createdAt' | 'updatedAt';
}

const DIRECTIONS = new Map([
	['asc', 'Ascending'],
	['desc', 'Descending'],
] as const);

const TIMES = new Map([
	['createdAt', 'Created At'],
	['updatedAt', 'Updated At'],
] as const);

const parts: Parts<Sort> = {
	direction: {
		field: {
			displayName: 'Direction',
			name: 'direction',
			type: 'options',
			options: [
				{ name: 'Ascending', value: 'asc', description: 'The oldest first' },
				{ name: 'Descending', value: 'desc', description: 'The newest first' },
			],
			default: 'desc',
			description: 'Whether the oldest or the newest comes first',
		},
		read: (value, label) => asChoice(value, label, DIRECTIONS),
	},
	field: {
		field: {
			displayName: 'Field',
			name: 'field',
			type: 'options',
			options: [
				{ name: 'Created At', value: 'createdAt' },
				{ name: 'Updated At', value: 'updatedAt' },
			],
			default: 'createdAt',
			description: 'By which time the incidents are sorted',
		},
		read: (value, label) => asChoice(value, label, TIMES),
	},
};

const SORT = { displayName: 'Sort', name: 'sort', placeholder: 'Add sort option' };

export const sortField = collectionOf(SORT, fieldsOf(parts));

export function readSort(context: IExecuteFunctions, itemIndex: number): Checked<ListPage['sort']> {
	const sort = readWhole(context, itemIndex, SORT, parts);
	if (!sort.ok) return sort;
	const { field, direction } = sort.value;
	return {
		ok: true,
		value: { field: field === 'createdAt' ? 'create_time' : 'update_time', direction },
	};
}
