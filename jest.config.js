const { existsSync } = require('node:fs');

/** @type {import('jest').Config} */
module.exports = {
	testEnvironment: 'node',
	// Most suites wait for sockets and back-offs more than they compute.
	maxWorkers: '100%',
	// A busy machine is no reason to fail.
	testTimeout: 30_000,
	// Not the whole folder: a cached n8n may lie in it. Before the first build there is no dist.
	roots: ['<rootDir>/test', '<rootDir>/dist'].filter((root) =>
		existsSync(root.replace('<rootDir>', __dirname)),
	),
	testMatch: ['**/*.test.cts'],
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
