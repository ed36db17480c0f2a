import { join } from 'node:path';
import {
	callHelper,
	httpRequestNode,
	listenToLogs,
	loadPackage,
	testCredential,
	type HelperCall,
	type HttpRequestNodeParameters,
	type LogEntry,
	type StoredCredential,
} from '../engine/index.cts';

/** The built package. */
export const root = join(__dirname, '../..');
const packages = loadPackage(root);

/** The credential type as n8n loaded it from the built package. */
export async function credentialType() {
	return (await packages).getCredentialType('huaweiCloudCocApi');
}

/** A saved credential of this type with these fields. */
export function stored(data: StoredCredential['data']): StoredCredential {
	return { id: 'c', name: 'COC', type: 'huaweiCloudCocApi', data };
}

/** What the button *Test* says about these fields. */
export async function pressTest(data: StoredCredential['data']) {
	return await testCredential(await packages, stored(data));
}

/** A request of some node with this credential, in one of n8n's two dialects. */
export async function callWith(data: StoredCredential['data'], call: HelperCall): Promise<unknown> {
	return await callHelper(await packages, call, stored(data));
}

/** The request of an HTTP Request node with this credential. */
export async function requestWith(
	data: StoredCredential['data'],
	parameters: HttpRequestNodeParameters,
) {
	return await httpRequestNode(await packages, parameters, stored(data));
}

/** The error that a promise is rejected with; fails when it isn't. */
export async function rejection(promise: Promise<unknown>): Promise<Error> {
	try {
		await promise;
	} catch (error) {
		return error as Error;
	}
	throw new Error('Nothing was thrown');
}

/** Runs `act` and hands back, beside its result, what n8n logged meanwhile. */
export async function withLogs<T>(act: () => Promise<T>): Promise<{ result: T; logs: LogEntry[] }> {
	const logs: LogEntry[] = [];
	const stop = listenToLogs((entry) => logs.push(entry));
	try {
		return { result: await act(), logs };
	} finally {
		stop();
	}
}
