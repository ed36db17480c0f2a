// Which request waits, where the history alone could mislead.
import { expect, test } from '@jest/globals';
import { built } from '../support/built.cts';
import type * as source from '../../nodes/coc/waitingRequest.ts';
import { entryOf } from './records.cts';

const { waitingRequest } = built<typeof source>('nodes/coc/waitingRequest');
const waits = (kinds: Array<Parameters<typeof entryOf>[0]>, hasSeveralApprovers = false) =>
	waitingRequest(
		{ entries: kinds.map((kind, index) => entryOf(kind, index)), complete: true },
		{ isPaused: false, hasSeveralApprovers },
	);

test('where all have to approve, a level that one has approved may still wait beside a pause', () => {
	expect(waits(['levelRequest', 'approval', 'pauseRequest'], true)).toBeNull();
});

test('a request is found although the ticket was forwarded since', () => {
	expect(waits(['pauseRequest', 'handover'])).toBe('pause');
});

test('a pause that waits since before a forwarding is not taken for the level that was raised since', () => {
	expect(waits(['pauseRequest', 'handover', 'levelRequest'])).not.toBe('level');
});
