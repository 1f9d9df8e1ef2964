// Whole-process ratios of a command to an empty Node, run A B A B …: the median of the pairwise ratios. A busy machine
// slows both sides; the CPU ratio (user + system) hardly notices. `--max` exits 1 where a command is above its goal.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { sampleApp } from './sample-app.mjs';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const { values: flags } = parseArgs({
  options: {
    runs: { type: 'string', short: 'n', default: '15' },
    max: { type: 'boolean', default: false },
    json: { type: 'boolean', default: false },
  },
});
const LANDFALL = 'dist/bin/landfall.js';
const ENVIRONMENT = 'environments/support.yaml';
const BASE = ['-e', '0'];
const scratch = mkdtempSync(join(tmpdir(), 'landfall-bench-'));

/** Goals are wall-clock ratios on a quiet machine. */
const CASES = [
  { name: 'help', goal: 1.5, args: [LANDFALL, '--help'] },
  { name: 'check', goal: 2, args: [LANDFALL, 'check', ENVIRONMENT] },
  { name: 'compare', goal: 2.5, args: [LANDFALL, 'compare', ENVIRONMENT] },
  { name: 'estimate', goal: 2.5, args: [LANDFALL, 'estimate', ENVIRONMENT, '--option', 'eks'] },
  { name: 'app-500', goal: 1.5, args: [LANDFALL, 'estimate', '--app', sampleApp(500, scratch)] },
  { name: 'app-10000', goal: 3.5, args: [LANDFALL, 'estimate', '--app', sampleApp(10_000, scratch)] },
  { name: 'catalog', goal: 2, args: [LANDFALL, 'catalog', 'h100'] },
];

/** Runs once through the shell that can tell a child's CPU time in milliseconds. */
function run(args) {
  const command = [process.execPath, ...args].map((word) => `'${word.replaceAll("'", `'\\''`)}'`).join(' ');
  const script = `TIMEFORMAT='%3R %3U %3S'; time ${command} >/dev/null 2>&1`;
  const { status, stderr } = spawnSync('bash', ['-c', script], { cwd: root, encoding: 'utf8' });
  if (status !== 0) return null;
  const [wall, user, system] = stderr.trim().split(/\s+/).map(Number);
  return { wall: wall * 1000, cpu: (user + system) * 1000 };
}

function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function measure({ name, goal, args }) {
  if (run(args) === null) return { name, goal, failed: true };
  const pairs = Array.from({ length: Number(flags.runs) }, () => ({ own: run(args), empty: run(BASE) }));
  const ratio = (key) => Number(median(pairs.map(({ own, empty }) => own[key] / empty[key])).toFixed(2));
  const ms = (key) => Math.round(median(pairs.map(({ own }) => own[key])));
  return {
    name,
    goal,
    wallRatio: ratio('wall'),
    cpuRatio: ratio('cpu'),
    wallMs: ms('wall'),
    cpuMs: ms('cpu'),
    beyondMs: Math.round(median(pairs.map(({ own, empty }) => own.cpu - empty.cpu))),
    emptyMs: Math.round(median(pairs.map(({ empty }) => empty.cpu))),
  };
}

const results = CASES.map(measure);
rmSync(scratch, { recursive: true });
if (flags.json)
  console.log(JSON.stringify({ node: process.version, runs: Number(flags.runs), results }, null, 2));
else {
  const emptyMs = median(results.flatMap(({ emptyMs: each }) => each ?? []));
  console.log(
    `ratios to an empty node ${process.version} (${emptyMs} ms of processor), median of ${flags.runs} pairs`,
  );
  // It is most of an empty Node's time, and so halves the ratios of the same program.
  if (process.env.NODE_EXTRA_CA_CERTS) console.log('NODE_EXTRA_CA_CERTS is set: every Node reads it first');
  for (const { name, goal, failed, wallRatio, cpuRatio, wallMs, cpuMs, beyondMs } of results) {
    const figures = failed
      ? 'exits with an error'
      : `wall ${wallRatio.toFixed(2)}x  cpu ${cpuRatio.toFixed(2)}x  ${wallMs} ms (cpu ${cpuMs} ms, ${beyondMs} ms beyond)  goal ${goal}x`;
    console.log(`${name.padEnd(10)} ${figures}`);
  }
}
const missed = results.filter(({ failed, wallRatio, goal }) => failed || wallRatio > goal);
if (flags.max && missed.length > 0) {
  console.error(`above the goal: ${missed.map(({ name }) => name).join(', ')}`);
  process.exitCode = 1;
}
