// node scripts/run.mjs <file.cts> [arguments]: runs a TypeScript program, on a fresh clone too.
import { build, install, run } from './ready.mjs';

const [program, ...args] = process.argv.slice(2);
if (!program) throw new Error('Usage: node scripts/run.mjs <file.cts> [arguments]');

await install();
await build();
process.exitCode = await run(process.execPath, ['--require', 'tsx/cjs', program, ...args]);
