/** The whole check: asks, writes down, judges what was written down. */
import type { Access } from './access.cts';
import { type Cast, isDone, said } from './cast.cts';
import { type Clock, connect, type Coc } from './coc.cts';
import { judge, type Finding } from './judge.cts';
import { COC_ENDPOINTS, hideSecrets, spellingsOf } from './product.cts';
import { askReads } from './reads.cts';
import { writeReport } from './report.cts';
import { tellStory } from './story.cts';
import { type About, type Transcript, writeTranscript } from './transcript.cts';

export interface Wanted {
	access: Access;
	/** IAM user ID of the caller; null where the sign-in tells it, or nobody does. */
	self: string | null;
	/** Tells the test ticket's story as well; null for reads only. */
	story: Omit<Cast, 'self'> | null;
	version: string;
	clock?: Clock;
	log?: (line: string) => void;
}

export interface Checked {
	transcript: Transcript;
	findings: Finding[];
	/** The two files. */
	transcriptText: string;
	reportText: string;
}

export async function checkContract(wanted: Wanted): Promise<Checked> {
	const { access, story, clock, log = () => undefined } = wanted;
	const coc = telling(await connect(access, clock), log);
	const self = coc.userId ?? wanted.self;
	if (story !== null && self === null) {
		throw new Error('--operator must say whose credential it is, by IAM user ID');
	}
	log('Reading …');
	await askReads(coc);
	let end: string | null = null;
	if (story !== null && self !== null) {
		log('The story of a test ticket …');
		end = await tellStory(coc, { ...story, self });
		log(`  ${end}`);
	}
	const about = aboutOf(wanted, coc, self, end);
	const transcript = { about, exchanges: coc.exchanges };
	const findings = judge(transcript);
	// Nothing of these can be in there; should it be, it goes.
	const hide = (text: string) => hideSecrets(text, spellingsOf(coc.hidden));
	return {
		transcript,
		findings,
		transcriptText: hide(writeTranscript(transcript)),
		reportText: hide(writeReport(transcript, findings)),
	};
}

/** COC's own words of a refused step are for whoever runs it, and for no file. */
function telling(coc: Coc, log: (line: string) => void): Coc {
	return {
		...coc,
		async send(probe, request) {
			const answer = await coc.send(probe, request);
			if (probe.startsWith('story:') && !isDone(answer) && answer.message !== null) {
				log(`  ${probe}: ${said(answer)}: ${answer.message}`);
			}
			return answer;
		},
	};
}

function aboutOf(wanted: Wanted, { mask }: Coc, self: string | null, end: string | null): About {
	const { authentication, endpoint } = wanted.access.credential;
	const site =
		Object.entries(COC_ENDPOINTS).find(([, url]) => url === endpoint.url)?.[0] ?? 'other';
	const isProject = authentication.kind === 'iamUser' && authentication.login.projectName !== null;
	const other = wanted.story?.other ?? null;
	return {
		about: 'contract transcript',
		version: wanted.version,
		authentication: authentication.kind,
		scope: authentication.kind === 'iamUser' ? (isProject ? 'project' : 'account') : null,
		namesAccount: authentication.kind === 'accessKey' && authentication.key.accountId !== undefined,
		site: site as About['site'],
		caller: self && mask.id(self),
		other: other && mask.id(other),
		story: end,
	};
}
