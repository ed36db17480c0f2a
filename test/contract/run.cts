/** Runs the check as the command does, with a clock that doesn't wait. */
import { readAccess } from '../../scripts/contract/access.cts';
import { checkContract, type Checked } from '../../scripts/contract/check.cts';
import type { Finding } from '../../scripts/contract/judge.cts';
import type { Filled } from './filled.cts';
import { SELF } from './filled.cts';

export interface RunOptions {
	/** Default: that of a token. */
	env?: Record<string, string>;
	/** Default: the stand-in itself. */
	endpoint?: string;
	story?: boolean;
	other?: string | null;
	application?: string;
	log?: (line: string) => void;
	self?: string | null;
	mayI?: (what: string) => Promise<boolean>;
}

export async function runCheck({ coc, clock }: Filled, options: RunOptions = {}): Promise<Checked> {
	const { endpoint = coc.url, story = true, other = null, self = SELF } = options;
	const { env = { COC_TOKEN: coc.issueToken() }, mayI = () => Promise.resolve(true) } = options;
	const { application, log } = options;
	return await checkContract({
		access: await readAccess({ COC_ENDPOINT: endpoint, ...env }, null),
		self,
		story: story ? { other, application, mayI } : null,
		version: '0.0.0',
		clock,
		...(log && { log }),
	});
}

/** What came of each point, by its ID. */
export const verdicts = ({ findings }: Checked) =>
	Object.fromEntries(findings.map(({ id, verdict }) => [id, verdict]));

export const finding = ({ findings }: Checked, id: string): Finding | undefined =>
	findings.find((one) => one.id === id);
