import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import type { Ask } from './access.cts';

/** Asks on the terminal; null without one. What is hidden leaves no trace on it. */
export function terminalAsk(): Ask {
	const { stdin, stdout } = process;
	if (!stdin.isTTY || !stdout.isTTY) return null;
	return async (question, hidden = false) => {
		let isMuted = false;
		const output = new Writable({
			write(chunk: Buffer, _encoding, done) {
				if (!isMuted) stdout.write(chunk);
				done();
			},
		});
		const terminal = createInterface({ input: stdin, output, terminal: true });
		try {
			const answer = terminal.question(question);
			isMuted = hidden;
			return await answer;
		} finally {
			terminal.close();
			if (hidden) stdout.write('\n');
		}
	};
}
