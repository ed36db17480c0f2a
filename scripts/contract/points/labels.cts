/** Points about keys and their labels. */
import { assumed, count, every, notTried, otherwise, tally, type Point } from '../finding.cts';
import {
	asNonEmptyText,
	LEVELS,
	listedLabel,
	personName,
	recordsOf,
	SOURCES,
	TYPES,
	type JsonRecord,
} from '../product.cts';
import { detailsIn, entriesOf, isSuccess, rowsOf, type Seen } from '../seen.cts';

const details = (seen: Seen) => detailsIn(seen.of('sample:detail').filter(isSuccess));

const FIELDS: Array<[field: string, inDetail: string, known: ReadonlyMap<string, string>]> = [
	['level_id', 'incident_level', LEVELS],
	['source_id', 'incident_source', SOURCES],
	['mtm_type', 'incident_type', TYPES],
];

const presetKeys: Point = ({ of }) => {
	const values = of('list:all')
		.flatMap(rowsOf)
		.flatMap((row) =>
			FIELDS.map(([field, , known]) => ({ field, known, value: asNonEmptyText(row[field]) })),
		)
		.filter(({ value }) => value !== null);
	return every(
		values,
		['level, source or type', 'levels, sources and types'],
		({ known, value }) => known.has(value ?? ''),
		({ field }) => `another ${field}`,
	);
};

/** Whether the answers' labels of preset keys are the product's own words. */
const presetLabels: Point = (seen) => {
	const given = [
		...seen
			.of('list:all')
			.flatMap(rowsOf)
			.map((row) => ({ row, names: FIELDS.map(([field]) => field) })),
		...details(seen).map((row) => ({ row, names: FIELDS.map(([, field]) => field) })),
	].flatMap(({ row, names }) =>
		names.flatMap((name, at) => {
			const key = asNonEmptyText(row[name]) ?? '';
			const word = FIELDS[at]?.[2].get(key);
			const label = labelOf(row, key);
			return word === undefined || label === null ? [] : [{ key, word, label }];
		}),
	);
	return every(
		given,
		['label', 'labels'],
		({ word, label }) => word.toLowerCase() === label.toLowerCase(),
		({ key }) => key,
	);
};

function labelOf({ enum_data_list }: JsonRecord, key: string): string | null {
	const label = recordsOf(enum_data_list)?.find(
		({ enum_key, biz_id }) => enum_key === key || biz_id === key,
	);
	return asNonEmptyText(label?.name_en);
}

const labelsList: Point = ({ of }) =>
	every(
		of('list:all')
			.flatMap(rowsOf)
			.filter((row) => asNonEmptyText(row.level_id) !== null),
		['row', 'rows'],
		(row) => listedLabel(row, 'level_id') !== null,
		shapeOf,
	);

const labelsDetail: Point = (seen) =>
	every(
		details(seen).filter((data) => asNonEmptyText(data.incident_level) !== null),
		['detail', 'details'],
		(data) =>
			(recordsOf(data.enum_data_list) ?? []).some(
				({ enum_key, name_en }) =>
					enum_key === data.incident_level && asNonEmptyText(name_en) !== null,
			),
		shapeOf,
	);

function shapeOf({ enum_data_list }: JsonRecord): string {
	const [label] = recordsOf(enum_data_list) ?? [];
	return label === undefined ? 'no label at all' : `{${Object.keys(label).join(', ')}}`;
}

const labelsPeople: Point = (seen) => {
	const entries = [...seen.of('sample:history:v1'), ...seen.of('story:history:v1')].flatMap(
		entriesOf,
	);
	const operated = entries.filter(({ operator }) => asNonEmptyText(operator) !== null);
	if (operated.length === 0) return notTried('no history names an operator');
	const named = operated.filter(
		(entry) => personName(entry, asNonEmptyText(entry.operator)) !== null,
	);
	const told = `${named.length} of ${count(operated.length, 'entry', 'entries')} name their operator`;
	return named.length > 0 ? assumed(told) : otherwise(`${told}: ${tally(operated.map(shapeOf))}`);
};

export const labelPoints: Record<string, Point> = {
	'preset-keys': presetKeys,
	'preset-labels': presetLabels,
	'labels-list': labelsList,
	'labels-detail': labelsDetail,
	'labels-people': labelsPeople,
};
