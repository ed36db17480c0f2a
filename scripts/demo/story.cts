import type { Packages } from '../../test/engine/index.cts';
import { startStandIn } from '../../test/standin/index.cts';
import { paint, table } from '../terminal.cts';
import { heading, runExample } from './stage.cts';

const EXAMPLE = 'from-incident-to-verification';
const STEPS = ['Create', 'Accept', 'Submit Solution', 'Verify'];

/** What an output item says of its step. */
type Told = Partial<Record<'ticket' | 'outcome', string>>;

/** A ticket from its creation to its end, step by step; returns whether it got there. */
export async function tellStory(packages: Packages): Promise<boolean> {
	// What COC's own record shows after each change.
	const statuses: string[] = [];
	const coc = await startStandIn({
		// COC creates tickets behind the scenes.
		quirks: { creationMs: 1500 },
		onAnswer: ({ applied }) => {
			if (applied) statuses.push(coc.tickets.all()[0]?.status ?? '');
		},
	});
	try {
		heading(`examples/${EXAMPLE}.json: from the incident to its verification`);
		const run = await runExample(EXAMPLE, packages, {
			endpoint: coc.url,
			token: coc.issueToken(),
		});

		heading('The ticket step by step');
		const rows = STEPS.map((step, index) => {
			const { ticket = '', outcome = '' } = (run.outputs(step)[0]?.json ?? {}) as Told;
			const colour = outcome === 'applied' ? 'green' : 'red';
			return [step, ticket, paint(colour, outcome), statuses[index] ?? ''];
		});
		console.log(table([['Operation', 'Ticket', 'Outcome', 'Status afterwards'], ...rows]));

		const [incident] = run.outputs('Get');
		heading('What Get reads of it');
		console.log(JSON.stringify(incident?.json, null, 2).replace(/^/gm, '  '));
		const listed = run.outputs('Get Many').length;
		console.log(`\n  Get Many finds it among COC's incidents: ${listed} with this title`);
		return incident?.json['status'] === 'Completed' && listed === 1;
	} finally {
		await coc.close();
	}
}
