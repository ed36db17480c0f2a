// Filters of the trigger as the editor adds them.
import { expect, test } from '@jest/globals';
import type { IDataObject, INodeParameters } from 'n8n-workflow';
import { TYPE, useCoc } from './poller.cts';
import { inEditor, partsIn, saved } from '../../support/inEditor.cts';

const coc = useCoc();
const OTHER = 'f'.repeat(32);
const trigger = () => coc.packages.getByNameAndVersion(TYPE).description;

/** One poll by what the editor holds and saves. */
async function poll(added: string[], change: INodeParameters = {}) {
	const description = trigger();
	const held = { ...inEditor(description, {}, added), ...change };
	const parameters = saved(description, held) as IDataObject;
	return await coc.tick({ mode: 'manual', parameters });
}

test('a filter that was added and left alone is refused as empty by its name', async () => {
	const filters = partsIn(trigger()).filter(([path]) => path.startsWith('filters.'));
	expect(filters.length).toBeGreaterThan(3);
	for (const [path, { displayName }] of filters) {
		const { error } = await poll([path]);
		expect([path, error?.message]).toEqual([
			path,
			expect.stringContaining(`'${displayName}' is empty`),
		]);
	}
	expect(coc.standIn.requests).toEqual([]);
});

test.each([
	['picked', { __rl: true, mode: 'list', value: OTHER }],
	['stored without the mark of a locator', { mode: 'id', value: OTHER }],
	['given by an expression, without the mark', { mode: 'list', value: `={{ "${OTHER}" }}` }],
])('a person %s is filtered by', async (_how, assignee) => {
	coc.standIn.addTicket({ assignee: OTHER });
	const { error, events } = await poll([], { filters: { assignee } as INodeParameters });
	expect(error).toBeNull();
	expect(events).toHaveLength(1);
	expect(coc.standIn.requests[0]?.text).toContain(OTHER);
});
