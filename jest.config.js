const { existsSync, readdirSync } = require('node:fs');
const { availableParallelism } = require('node:os');
const { dirname, join } = require('node:path');

/** Folders whose suites can run as one (test/support/together.cts). */
const folders = readdirSync(join(__dirname, 'test'), { recursive: true, encoding: 'utf8' })
	.filter((file) => file.endsWith('together.test.cts'))
	.map((file) => join('<rootDir>/test', dirname(file)));

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Suites wait for sockets and back-offs as well, and not only compute.
	maxWorkers: availableParallelism() + 2,
	reporters: [
		'default',
		// How `npm test` counts.
		...(process.env.TEST_TALLY
			? [['<rootDir>/scripts/tally.mjs', { file: process.env.TEST_TALLY }]]
			: []),
	],
	testSequencer: '<rootDir>/test/support/sequencer.mjs',
	// A busy machine is no reason to fail.
	testTimeout: 30_000,
	// Not the whole folder: a cached n8n may lie in it. Before the first build there is no dist.
	roots: ['<rootDir>/test', '<rootDir>/dist'].filter((root) =>
		existsSync(root.replace('<rootDir>', __dirname)),
	),
	testMatch: ['**/*.test.cts'],
	testPathIgnorePatterns: process.env.TEST_TOGETHER
		? folders.map((folder) => `${folder}/(?!together)[^/]+$`)
		: ['/together\\.test\\.cts$'],
	moduleFileExtensions: ['cts', 'ts', 'js', 'json'],
	transform: {
		'\\.cts$': [
			'@swc/jest',
			{
				jsc: { target: 'es2022', parser: { syntax: 'typescript' } },
				module: { type: 'commonjs' },
			},
		],
		// Tests run what n8n runs, dist/*.js; this lets coverage speak of the TypeScript behind it.
		'/dist/(nodes|credentials)/.*\\.js$': '<rootDir>/test/support/source-map.mjs',
	},
	collectCoverageFrom: ['dist/**/*.js'],
	coverageReporters: ['text'],
	coverageThreshold: {
		'./nodes/': { lines: 95, branches: 94 },
		'./credentials/': { lines: 95, branches: 95 },
	},
};
