// `npm run build`: an empty dist, the compiled product, then everything n8n reads beside the code.
const { spawn } = require('node:child_process');
const { rm } = require('node:fs/promises');
// @ts-expect-error gulp brings no types
const { dest, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

// Nothing is emitted when a type is wrong, and gulp fails with the compiler's exit code.
const compile = () =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmitOnError'], {
		stdio: 'inherit',
	});

const assets = () =>
	src(
		// Folder by folder: a glob that starts with a choice makes gulp walk node_modules as well.
		['nodes', 'credentials'].flatMap((folder) => [
			`${folder}/**/*.{svg,png}`,
			`${folder}/**/*.node.json`,
			`${folder}/**/__schema__/**/*.json`,
		]),
		// Bytes, not text: a PNG wouldn't survive gulp's default encoding.
		{ base: '.', encoding: false },
	).pipe(dest('dist'));

exports.clean = clean;
exports.build = series(clean, compile, assets);
