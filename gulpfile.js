// `npm run build`: an empty dist, the compiled product, then everything n8n reads beside the code.
const { spawn } = require('node:child_process');
const { readdir, readFile, rm, writeFile } = require('node:fs/promises');
const { join } = require('node:path');
// @ts-expect-error gulp brings no types
const { dest, series, src } = require('gulp');

const clean = () => rm('dist', { recursive: true, force: true });

// Nothing is emitted when a type is wrong, and gulp fails with the compiler's exit code.
const compile = () =>
	spawn(process.execPath, [require.resolve('typescript/bin/tsc'), '--noEmitOnError'], {
		stdio: 'inherit',
	});

// The maps are for tests, which find them by name; they aren't published, so nothing refers to them.
const unlinkMaps = async () => {
	const files = await readdir('dist', { recursive: true });
	for (const file of files.filter((name) => name.endsWith('.js'))) {
		const path = join('dist', file);
		const code = await readFile(path, 'utf8');
		await writeFile(path, code.replace(/^\/\/# sourceMappingURL=.*$/m, ''));
	}
};

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
exports.build = series(clean, compile, unlinkMaps, assets);
