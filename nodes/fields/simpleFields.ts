import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';
import {
	asBoolean,
	asChoice,
	asLongText,
	asNumber,
	asRequiredText,
	isBlank,
	type Bounds,
} from './checks';
import { collectionField, fieldOf, type Field, type OptionField, type Property } from './field';
import { OPTIONS, type Input } from './input';

type Shape = Omit<Property, 'type' | 'default'>;

type TextShape = Shape & {
	default?: string;
	limit: number;
	shortenedBy?: OptionField<boolean>;
};

/** A text; `shortenedBy` is the option that cuts one that is too long. */
export function textField({ limit, shortenedBy, ...shape }: TextShape): Field<string> {
	return fieldOf(
		(value, label, input) => {
			if (shortenedBy === undefined) return asRequiredText(value, label, limit);
			const [{ displayName: option }] = shortenedBy.properties as [INodeProperties];
			return asLongText(value, label, limit, { shorten: isOn(shortenedBy, input), option });
		},
		{ default: '', ...shape, type: 'string' },
	);
}

/** The same; null when nothing is entered. */
export function optionalTextField(shape: TextShape): Field<string | null> {
	const given = textField(shape);
	return {
		...given,
		read(input) {
			const value = input.get(shape.name, shape.displayName);
			if (value.ok && isBlank(value.value)) return { ok: true, value: null };
			return given.read(input);
		},
	};
}

/** Whether an option is on; one that can't be read says so itself. */
function isOn(option: OptionField<boolean>, input: Input): boolean {
	const [{ name }] = option.properties as [INodeProperties];
	const options = { ...input, get: () => input.options() };
	const on = collectionField(OPTIONS, { [name]: option }).read(options);
	return on.ok && on.value[name] === true;
}

/** Something that is on or off. */
export function booleanField(shape: Shape & { default?: boolean }): Field<boolean> {
	return fieldOf(asBoolean, { default: false, ...shape, type: 'boolean' });
}

/** An option that is on or off: off where it wasn't added, and on when it is. */
export function switchOption(shape: Shape): OptionField<boolean> {
	return { ...booleanField({ ...shape, default: true }), absent: false };
}

/** One of a few choices, by its value or its label. */
export function choiceField<T extends string>(
	shape: Omit<Shape, 'options'> & {
		default: T;
		options: Array<INodePropertyOptions & { value: T }>;
	},
): Field<T> {
	const labels = new Map(shape.options.map(({ value, name }) => [value, name]));
	return fieldOf((value, label) => asChoice(value, label, labels), { ...shape, type: 'options' });
}

/** An option among a few choices: its default is what counts without it, too. */
export function choiceOption<T extends string>(
	shape: Parameters<typeof choiceField<T>>[0],
): OptionField<T> {
	return { ...choiceField<T>(shape), absent: shape.default };
}

/** A number within bounds. */
export function numberField({
	bounds,
	...shape
}: Shape & { default: number; bounds: Bounds }): Field<number> {
	return fieldOf((value, label) => asNumber(value, label, bounds), { ...shape, type: 'number' });
}
