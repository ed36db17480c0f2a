// The classes of n8n's errors decide what the editor shows and what an AI agent is handed.
import { describe, expect, test } from '@jest/globals';
import { NodeApiError, NodeOperationError, type INode } from 'n8n-workflow';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/errors/nodeError.ts';
import type * as failures from '../../nodes/errors/failure.ts';
import type * as dry from '../../nodes/run/dryRun.ts';

const { nodeError } = built<typeof source>('nodes/errors/nodeError');
const { inputFailure, unreadFailure } = built<typeof failures>('nodes/errors/failure');
const { dryRunOf } = built<typeof dry>('nodes/run/dryRun');

const TOOL: INode = {
	...{ id: '1', name: 'Tool', type: 'n8n-nodes-huaweicloud-coc.cocIncidentTool' },
	...{ typeVersion: 1, position: [0, 0], parameters: {} },
};
const failure = { ...unreadFailure('"no" (HTTP 401)', ''), httpStatus: 401 };
const words = { message: "The users can't be listed", description: 'Why. What to do.' };

describe('an error about a failure of the service', () => {
	test('keeps status and description, of which the editor reads only those of this class', () => {
		const error = nodeError(TOOL, failure, words);
		expect(error).toBeInstanceOf(NodeApiError);
		expect(error).toMatchObject({ ...words, httpCode: '401' });
	});

	test('is of the class that n8n leaves as it is, where the caller wants that', () => {
		const error = nodeError(TOOL, failure, { ...words, isOperational: true });
		expect(error).toBeInstanceOf(NodeOperationError);
		expect(error.message).toBe(words.message);
	});
});

test('an error about the user’s input is never one of the service', () => {
	expect(nodeError(TOOL, inputFailure('it is empty', ''), words)).toBeInstanceOf(
		NodeOperationError,
	);
});

test('a dry run fails with a credential that can not be used', () => {
	const fault = { reason: 'n8n could not store the new token in the credential' };
	const session = { fault, credential: { endpoint: { url: 'https://coc.example' } } };
	const request = { method: 'POST', path: '/v1', json: {} };
	type Given = Parameters<typeof dryRunOf>;
	const client = { session } as unknown as Given[0];
	expect(dryRunOf(client, {}, request as Given[2], null)).toMatchObject({
		outcome: 'notSent',
		...fault,
	});
});
