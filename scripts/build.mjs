import { spawn, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const require = createRequire(import.meta.url);
const DATA = 'lib/catalog/data';
const { values: flags } = parseArgs({ options: { out: { type: 'string', default: 'dist' } } });
/** `--out DIR` builds elsewhere: tests do. */
const out = resolve(root, flags.out);

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

/** Commander loads it for subcommands that are programs of their own. There are none, and loading it takes 4 ms. */
const childProcessOnUse = {
  name: 'child-process-on-use',
  setup({ onResolve, onLoad }) {
    const namespace = 'on-use';
    onResolve({ filter: /^node:child_process$/ }, ({ path, importer }) =>
      importer.includes('/node_modules/commander/') ? { path, namespace } : undefined,
    );
    onLoad({ filter: /./, namespace }, ({ path }) => ({
      contents: `module.exports = { get spawn() { return require('${path}').spawn; } };`,
    }));
  },
};

/** One file: a process start reads it instead of hundreds. */
async function bundle(entryPoint, outfile) {
  const file = join(out, outfile);
  await build({
    absWorkingDir: root,
    entryPoints: [entryPoint],
    outfile: file,
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    conditions: ['source'],
    external: ['aws-cdk-lib', 'constructs', 'cdktf', '@cdktf/*'],
    // Native `import()` would start the ES module loader; nothing here needs it.
    supported: { 'dynamic-import': false },
    charset: 'ascii',
    minifySyntax: true,
    // A quarter of the file is indentation; names stay, so that a stack can be read.
    minifyWhitespace: true,
    plugins: [childProcessOnUse],
    logLevel: 'warning',
  });
  // The launcher reads ASCII. esbuild leaves other characters in regular expressions and comments.
  const escape = (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;
  writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/[^\0-\x7F]/g, escape));
}

/** What V8 made of the program, commands that were run included; see bin/launch.ts. */
function keepCompiled() {
  const program = join(out, 'bin/program.js');
  const script = join(root, 'scripts/keep-compiled.cjs');
  const environments = readdirSync(join(root, 'environments')).filter((name) => name.endsWith('.yaml'));
  const [environment] = environments.toSorted();
  const words = ['compare', join(root, 'environments', environment), '--as-of', '2026-11-23'];
  const { status, stderr } = spawnSync(process.execPath, [script, program, ...words], { encoding: 'utf8' });
  // The program runs without it, only slower.
  if (status !== 0) console.warn(`no compiled code was kept:\n${stderr}`);
}

rmSync(out, { recursive: true, force: true });
const code = await compile();
// The bundles come second: the launcher replaces the unbundled bin/landfall.js.
await bundle('bin/landfall.ts', 'bin/program.js');
await bundle('bin/launch.ts', 'bin/landfall.js');
chmodSync(join(out, 'bin/landfall.js'), 0o755);
cpSync(join(root, DATA), join(out, DATA), { recursive: true });
keepCompiled();
process.exitCode = code;
