// Hands jest the map that tsc wrote beside a compiled file, so that coverage and stack traces speak
// of the TypeScript source.
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** @param {string} file */
const mapOf = (file) => readFileSync(`${file}.map`, 'utf8');

/** @type {import('@jest/transform').SyncTransformer} */
export default {
	process: (code, file) => ({ code, map: JSON.parse(mapOf(file)) }),

	// A change of types alone moves lines in the map and leaves the compiled file as it was.
	getCacheKey: (code, file, { configString, instrument }) =>
		createHash('sha256')
			.update([code, mapOf(file), configString, instrument].join('\0'))
			.digest('hex'),
};
