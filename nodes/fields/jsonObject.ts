import type { INodeProperties } from 'n8n-workflow';
import { asRecord, type JsonRecord } from '../coc/json';
import type { Result } from '../coc/result';
import { wellFormed } from './checks';
import { fieldOf, type Field } from './field';

/** An object, written as JSON or given by an expression. */
export function jsonObject(shape: Omit<INodeProperties, 'type' | 'default'>): Field<JsonRecord> {
	return fieldOf(asJsonObject, { ...shape, type: 'json', default: '{}' });
}

/** Nothing is the empty object. */
export function asJsonObject(value: unknown, label: string): Result<JsonRecord> {
	const json = parse(value);
	const object = asRecord(json);
	if (object !== null) return { ok: true, value: object };
	const what = json === undefined ? 'is no valid JSON' : 'must be a JSON object';
	return { ok: false, reason: `'${label}' ${what}` };
}

/** Undefined for what is no JSON. */
function parse(value: unknown): unknown {
	try {
		const text = typeof value === 'string' ? value : JSON.stringify(value);
		return text.trim() === '' ? {} : JSON.parse(text, withoutHalves);
	} catch {
		return undefined;
	}
}

function withoutHalves(_key: string, value: unknown): unknown {
	return typeof value === 'string' ? wellFormed(value) : value;
}
