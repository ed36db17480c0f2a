// The package as npm would publish it, packed and unpacked in a temporary folder.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

/** What `npm pack --json` reports of a package. */
interface PackReport {
	name: string;
	filename: string;
	unpackedSize: number;
	files: Array<{ path: string; size: number }>;
}

/** A packed and unpacked package. */
export interface Tarball {
	/** The .tgz file. */
	file: string;
	/** The unpacked package; n8n-workflow lies beside it, as n8n lends its own to community nodes. */
	folder: string;
	/** Paths inside the package, sorted. */
	paths: string[];
	/** In bytes. */
	unpackedSize: number;
	/** Deletes all of it. */
	remove(): void;
}

/** Packs the built package and unpacks it elsewhere. The caller removes it. */
export function packTarball(): Tarball {
	const temporary = mkdtempSync(join(tmpdir(), 'coc-tarball-'));
	const remove = () => rmSync(temporary, { recursive: true, force: true });
	try {
		const report = pack(temporary);
		const file = join(temporary, report.filename);
		const modules = join(temporary, 'node_modules');
		const folder = join(modules, report.name);
		mkdirSync(folder, { recursive: true });
		execFileSync('tar', ['-xzf', file, '-C', folder, '--strip-components=1']);
		symlinkSync(
			join(root, 'node_modules', 'n8n-workflow'),
			join(modules, 'n8n-workflow'),
			'junction',
		);
		const paths = report.files.map(({ path }) => path).sort();
		return { file, folder, paths, unpackedSize: report.unpackedSize, remove };
	} catch (error) {
		remove();
		throw error;
	}
}

function pack(destination: string): PackReport {
	const output = execFileSync(
		'npm',
		['pack', '--ignore-scripts', '--json', '--pack-destination', destination],
		{ cwd: root, encoding: 'utf8', shell: process.platform === 'win32' },
	);
	const [report] = JSON.parse(output) as PackReport[];
	if (!report) throw new Error('npm pack reported no package');
	return report;
}
