import type { IDataObject } from 'n8n-workflow';

/**
 * What n8n is to store, by the decrypted data that a node hands to n8n's helper with it: n8n stores
 * what `preAuthentication` returns, and gives it that very object.
 */
const notes = new WeakMap<object, IDataObject>();

/** @param fields all that is stored: older versions of n8n would store decrypted data in their place */
export function leaveNote(data: object, fields: IDataObject): void {
	notes.set(data, fields);
}

/** Undefined for data that is there to authenticate a request. */
export function noteOn(data: object): IDataObject | undefined {
	return notes.get(data);
}
