import { parseArgs } from 'node:util';
import { loadPackage } from '../test/engine/index.cts';
import { startStandIn } from '../test/standin/index.cts';
import { ticketsOf, verifyAll, type Item } from './demo/bulk.cts';
import { heading, root } from './demo/stage.cts';
import { tellStory } from './demo/story.cts';
import { printRequests } from './wiretap.cts';

const HELP = `A ticket's story, with the built package on n8n's own engine.

  npm run demo
      against a stand-in for COC on this machine: one ticket is created, accepted, solved and
      verified; then six others are verified at once, one for each way that can go

  COC_ENDPOINT=https://… COC_TOKEN=… npm run demo -- --ticket IM… --operator <IAM user ID> \\
      --result true|false --comment "…"
      one verification on a real COC: it changes that ticket
`;

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: {
			ticket: { type: 'string' },
			operator: { type: 'string' },
			result: { type: 'string' },
			comment: { type: 'string' },
			help: { type: 'boolean', default: false },
		},
	});
	if (values.help) return console.log(HELP);
	const { COC_ENDPOINT: endpoint, COC_TOKEN: token } = process.env;
	if ((endpoint === undefined) !== (token === undefined)) {
		throw new Error('COC_ENDPOINT and COC_TOKEN belong together: set both, or none');
	}
	const { ticket, operator, result, comment } = values;
	const item = { ticket, operator, resolved: result, comment };
	const given = Object.values(item).filter((value) => value !== undefined).length;
	if (endpoint === undefined ? given > 0 : given < 4) {
		throw new Error(`--ticket, --operator, --result and --comment go with COC_ENDPOINT\n\n${HELP}`);
	}
	heading(`Loading the built package with n8n-core's loader`);
	const packages = await loadPackage(root);
	printRequests();
	if (endpoint !== undefined && token !== undefined) {
		const done = await verifyAll(packages, { endpoint, token }, [item as Item]);
		process.exitCode = done ? 0 : 1;
		return;
	}
	const isTold = await tellStory(packages);
	const coc = await startStandIn();
	try {
		const access = { endpoint: coc.url, token: coc.issueToken() };
		const isVerified = await verifyAll(packages, access, ticketsOf(coc));
		process.exitCode = isTold && isVerified ? 0 : 1;
	} finally {
		await coc.close();
	}
}

main().catch((error: Error) => {
	console.error(error.message);
	process.exitCode = 1;
});
