import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { bundle, bundlePage, escapeToAscii } from './bundle.mjs';
import { fileOf, STARTS, V8_FLAGS, WHOLE_SAMPLE } from './starts.mjs';
import { isUpToDate, stamp } from './up-to-date.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const DATA = 'lib/catalog/data';
const { values: flags } = parseArgs({
  options: { out: { type: 'string', default: 'dist' }, 'if-stale': { type: 'boolean', default: false } },
});
/** `--out DIR` builds elsewhere: tests do. */
const out = resolve(root, flags.out);
// `npm ci` prepares the package, and the first `npx` after it once more.
if (flags['if-stale'] && isUpToDate(root, out)) process.exit(0);
const startedMs = Date.now();

/** Types and CommonJS of everything. It emits even with type errors; the exit code tells. */
function compile() {
  const tsc = join(dirname(require.resolve('typescript/package.json')), 'bin', 'tsc');
  return new Promise((done, reject) => {
    spawn(process.execPath, [tsc, '-p', 'tsconfig.build.json', '--outDir', out], {
      cwd: root,
      stdio: 'inherit',
    })
      .on('error', reject)
      .on('exit', (code) => done(code ?? 1));
  });
}

/** Keeps beside a program what V8 made of it in one run; see bin/launch.ts. */
function keepCompiled(program, words) {
  const script = join(root, 'scripts/keep-compiled.cjs');
  // What this user refreshed is no part of the sample.
  const env = { ...process.env, LANDFALL_PRICES: 'off' };
  const flags = [V8_FLAGS[basename(program)] ?? []].flat();
  const run = spawnSync(process.execPath, [...flags, script, program, ...words], {
    cwd: root,
    env,
    encoding: 'utf8',
  });
  // The program runs without it, only slower.
  if (run.status !== 0) console.warn(`no compiled code was kept of ${program}:\n${run.stderr}`);
}

rmSync(out, { recursive: true, force: true });
const code = await compile();
cpSync(join(root, DATA), join(out, DATA), { recursive: true });
for (const name of readdirSync(join(out, DATA), { recursive: true })) {
  if (name.endsWith('.json')) escapeToAscii(join(out, DATA, name));
}
await bundlePage(join(out, 'lib/report/html/page.js'));
// The bundles come second: the launcher replaces the unbundled bin/landfall.js.
const whole = join(out, 'bin/program.js');
await bundle('bin/landfall.ts', whole, { isScript: true });
await bundle('bin/launch.ts', join(out, 'bin/landfall.js'), {
  define: { BUILT_ON: JSON.stringify(process.version), V8_FLAGS: JSON.stringify(V8_FLAGS) },
});
chmodSync(join(out, 'bin/landfall.js'), 0o755);
keepCompiled(whole, WHOLE_SAMPLE);
const scratch = mkdtempSync(join(tmpdir(), 'landfall-build-'));
for (const { begins, holds, sample } of STARTS) {
  const program = join(out, 'bin/starts', fileOf(begins));
  await bundle('bin/landfall.ts', program, { part: { holds, whole }, isScript: true });
  keepCompiled(program, sample(scratch));
}
rmSync(scratch, { recursive: true });
if (code === 0) stamp(out, startedMs);
process.exitCode = code;
