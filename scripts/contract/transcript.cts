/** What was asked and answered, with nothing of the account in it: one line of JSON each. */

/** The first line. */
export interface About {
	about: 'contract transcript';
	/** Of the package. */
	version: string;
	authentication: 'token' | 'iamUser' | 'accessKey';
	/** Of an IAM user's token; whether an access key names the account. */
	scope: 'account' | 'project' | null;
	namesAccount: boolean;
	site: 'china' | 'international' | 'europe' | 'other';
	/** Who asked; null where that isn't known. */
	caller: string | null;
	/** The second person of the story. */
	other: string | null;
	/** What came of the story; null for reads only. */
	story: string | null;
}

export interface Exchange {
	/** Why it was asked. */
	probe: string;
	/** When it was answered, in ms since the beginning. */
	at: number;
	request: { method: 'GET' | 'POST'; path: string; body?: unknown };
	answer: TranscribedAnswer;
}

export interface TranscribedAnswer {
	/** 0 when none came. */
	status: number;
	headers: Record<string, string>;
	/** The JSON; absent when the body is none. */
	body?: unknown;
	/** What came instead of JSON, and why nothing came. */
	instead?: string;
}

export interface Transcript {
	about: About;
	exchanges: Exchange[];
}

export function writeTranscript({ about, exchanges }: Transcript): string {
	return [about, ...exchanges].map((line) => `${JSON.stringify(line)}\n`).join('');
}

export function readTranscript(text: string): Transcript {
	const [about, ...exchanges] = text
		.split('\n')
		.filter((line) => line.trim() !== '')
		.map((line) => JSON.parse(line) as unknown);
	if ((about as About | undefined)?.about !== 'contract transcript') {
		throw new Error('This is no transcript of npm run contract');
	}
	return { about: about as About, exchanges: exchanges as Exchange[] };
}
