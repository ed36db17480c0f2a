/** Takes test/contract/transcripts/stand-in.jsonl anew: node --require tsx/cjs test/contract/takeTranscript.cts */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startFilled } from './filled.cts';
import { runCheck } from './run.cts';

async function take(): Promise<void> {
	const filled = await startFilled({}, 7);
	try {
		const { transcriptText } = await runCheck(filled);
		writeFileSync(join(__dirname, 'transcripts', 'stand-in.jsonl'), transcriptText);
	} finally {
		await filled.close();
	}
}

void take();
