import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { DOCUMENTS } from '#lib/report/documents';
import { displayWidth } from '#lib/report/display-width';
import { inFolder, landfall } from '../../_support/command-line';

const catalog = loadCatalog();
const PLAN = 'sizing plan --model llama-3.1-70b --gpu h100-sxm --rps 10 --in 1024 --out 256 --tpot 40'.split(
  ' ',
);

/** Runs of the catalog as a user's own file, `slower` times as slow. */
function ownFile(folder: string, slower: number, count = 80): string {
  const rows = catalog
    .servingRows('qwen3-32b')
    .filter(({ gpu, kind }) => gpu === 'h100-sxm' && kind === 'serving_closed_loop')
    .slice(0, count)
    .map((row) => ({
      id: row.id,
      kind: row.kind,
      model: row.model,
      gpu: row.gpu,
      gpus: row.gpus,
      engine: row.engine,
      engine_version: row.engineVersion,
      precision: row.precision,
      isl: row.inputTokens,
      osl: row.outputTokens,
      concurrency: row.concurrency,
      tp: row.tensor,
      pp: row.pipeline,
      attention_dp: row.attentionData,
      out_tok_s_per_gpu: (row.outputTokensPerSecondPerGpu ?? 1) / slower,
      tpot_ms: (row.tpotMs ?? 1) * slower,
    }));
  const file = join(folder, 'own.json');
  writeFileSync(file, JSON.stringify({ rows }));
  return file;
}

function medianOf(stdout: string): number {
  const document: { outputTokensPerSecondPerGpu: { medianApe: number } } = JSON.parse(stdout);
  return document.outputTokensPerSecondPerGpu.medianApe;
}

describe('landfall sizing plan', () => {
  it('shows the frontier, the chosen point, what binds it and the nearest run, at 100 columns', async () => {
    const { stdout, exitCode } = await landfall(...PLAN);
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/fp8 +2 +1/);
    expect(stdout).toContain('Chosen: fp8, TP 2');
    expect(stdout).toContain('binds: latency');
    expect(stdout).toContain('nearest measured run');
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it('shows neither table nor axes where no way could be sized, and says why', async () => {
    const { stdout } = await landfall(...PLAN, '--tp', '3');
    expect(stdout).toContain('No way carries the load');
    expect(stdout).toContain('tensor parallel 3 asked');
    expect(stdout).not.toMatch(/tok\/s\/GPU|tokens\/s per user/);
  });

  it('says why no way carries a load whose objective is out of reach', async () => {
    const { stdout, exitCode } = await landfall(...PLAN.slice(0, -1), '0.5');
    expect(exitCode).toBe(3);
    expect(stdout).toContain('No way carries the load');
    expect(stdout).toMatch(/TPOT \d+ ms at concurrency 1/);
  });

  it('warns of a fleet that answers the question and that nobody would buy', async () => {
    const flags =
      '--model llama-3.1-70b --gpu l40s --rps 2000 --in 4000 --out 1000 --offload 0.5 --precision bf16';
    const { stdout, exitCode } = await landfall('sizing', 'plan', ...flags.split(' '));
    expect(exitCode).toBe(0);
    const told = stdout.replaceAll(/\s+/g, ' ');
    expect(told).toContain('50 % of the weights are read over the host');
    expect(told).toContain('are more than the largest published trainings took');
    expect(told).toMatch(/a user gets [\d.]+ tokens\/s, slower than people read/);
  });

  it.each([
    [['--model', 'llama-3.1-7b'], 'UNKNOWN_MODEL'],
    [['--gpu', 'h1000'], 'UNKNOWN_GPU'],
    [['--rps', '-3'], 'OUT_OF_RANGE'],
    [['--cached', '1.5'], 'OUT_OF_RANGE'],
    [['--kv', 'fp3'], 'NOT_A_CHOICE'],
  ])('refuses %j', async (flags, code) => {
    const { stderr, exitCode } = await landfall(...PLAN, ...flags);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(code);
  });
});

describe('landfall sizing calibrate', () => {
  it('learns a site that is slower as a whole, and says what that bought on sweeps left out', () =>
    inFolder(async (folder) => {
      const own = ownFile(folder, 1.4);
      const constants = join(folder, 'constants.json');
      const { stdout, exitCode } = await landfall('sizing', 'calibrate', own, '--output', constants);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('output tokens/s per GPU');
      const written: unknown = JSON.parse(readFileSync(constants, 'utf8'));
      expect(DOCUMENTS['sizing-constants'].safeParse(written).error?.issues).toBeUndefined();
      const before = await landfall('sizing', 'evaluate', own, '--json');
      const after = await landfall('sizing', 'evaluate', own, '--json', '--constants', constants);
      expect(medianOf(before.stdout)).toBeGreaterThan(0.3);
      expect(medianOf(after.stdout)).toBeLessThan(0.05);
      const compared = await landfall('compare', 'environments/pilot.yaml', '--constants', constants);
      expect(compared.exitCode).toBe(0);
    }));

  it('refuses runs that are too few, with the figures', () =>
    inFolder(async (folder) => {
      const { stderr, exitCode } = await landfall('sizing', 'calibrate', ownFile(folder, 1.4, 4));
      expect(exitCode).toBe(4);
      expect(stderr).toContain('NOT_BETTER');
      expect(stderr.replaceAll(/\s+/g, ' ')).toContain('8 runs of 3 sweeps');
    }));

  it('refuses a file of constants that it did not write', () =>
    inFolder(async (folder) => {
      const own = ownFile(folder, 1);
      const { stderr, exitCode } = await landfall('sizing', 'evaluate', own, '--constants', own);
      expect(exitCode).toBe(4);
      expect(stderr).toContain('landfall sizing calibrate');
    }));
});

describe('landfall sizing import', () => {
  const RESULT = 'test/lib/measurements/results/vllm-serve.json';

  it('turns a result of a load generator into runs that can be evaluated', () =>
    inFolder(async (folder) => {
      const runs = join(folder, 'runs.json');
      const given =
        '--model llama-3.1-70b --gpu h100-sxm --gpus 4 --precision fp8 --tp 4 --engine vllm'.split(' ');
      const { exitCode } = await landfall('sizing', 'import', RESULT, ...given, '--output', runs);
      expect(exitCode).toBe(0);
      const rows: { rows: unknown[] } = JSON.parse(readFileSync(runs, 'utf8'));
      expect(rows.rows).toHaveLength(1);
      const { stdout } = await landfall('sizing', 'evaluate', runs);
      expect(stdout).toContain('1 run predicted');
    }));

  it('names the flags for what the file does not say', async () => {
    const { stderr, exitCode } = await landfall('sizing', 'import', RESULT);
    expect(exitCode).toBe(4);
    expect(stderr).toContain('--gpu');
  });
});

describe('landfall sizing trace', () => {
  it('shows the traffic of a trace and the block of an environment that says so', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'requests.csv');
      const rows = Array.from(
        { length: 3000 },
        (_, index) => `${index * 2},${900 + (index % 200)},${200 + (index % 50)}`,
      );
      writeFileSync(file, ['timestamp,input_tokens,output_tokens', ...rows].join('\n'));
      const { stdout, exitCode } = await landfall('sizing', 'trace', file);
      expect(exitCode).toBe(0);
      expect(stdout).toContain('3,000 requests');
      expect(stdout).toMatch(/requestsPerSecond: \{ mean: 0\.5\d*, peak: 0\.5\d* \}/);
      expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
      const { stdout: document } = await landfall('sizing', 'trace', file, '--json');
      expect(JSON.parse(document)).toMatchObject({ schema: 'landfall/trace-summary/v1', requests: 3000 });
    }));

  it('names the place of what cannot be read', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'requests.csv');
      writeFileSync(file, 'timestamp,input_tokens,output_tokens\n0,10,5\n1,ten,5\n');
      const { stderr, exitCode } = await landfall('sizing', 'trace', file);
      expect(exitCode).toBe(4);
      expect(stderr).toContain('requests.csv:3:3');
    }));
});
