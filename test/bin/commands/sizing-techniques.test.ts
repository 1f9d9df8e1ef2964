import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { landfall } from '../../_support/command-line';

const LOAD = 'sizing plan --model llama-3.1-70b --gpu h100-sxm --rps 10 --tpot 40 --precision fp8'.split(' ');

interface Chosen {
  readonly fits: boolean;
  readonly replicas: number;
  readonly gpusPerReplica: number;
  readonly maxConcurrency: number;
  readonly confidence: string;
  readonly prompts?: { readonly replicas: number };
}
interface Document {
  readonly chosen: Chosen;
  readonly without?: Chosen;
}

async function planned(...words: readonly string[]): Promise<Document> {
  const { stdout, exitCode } = await landfall(...LOAD, ...words, '--json');
  expect(exitCode).toBe(0);
  const document: Document = JSON.parse(stdout);
  return document;
}

const gpus = ({ replicas, gpusPerReplica }: Chosen) => replicas * gpusPerReplica;

describe('techniques of landfall sizing plan', () => {
  it('say nothing where none is switched on', async () => {
    expect((await planned()).without).toBeUndefined();
  });

  it('show what speculation buys, as an extrapolation', async () => {
    const { chosen, without } = await planned('--speculation', 'n-gram:3:0.8');
    if (without === undefined) throw new Error('nothing to compare with');
    expect(gpus(chosen)).toBeLessThanOrEqual(gpus(without));
    expect([chosen.confidence, without.confidence]).toEqual(['extrapolated', 'calibrated']);
  });

  it.each([
    ['adapters take cache', '--adapters', '8:16', -1],
    ['weights in host memory give cache back', '--offload', '0.2', 1],
  ])('%s', async (_, flag, value, direction) => {
    const { chosen, without } = await planned('--tp', '2', '--tpot', '2000', flag, value);
    const most = ({ fits, maxConcurrency }: Chosen) => (fits ? maxConcurrency : 0);
    if (without === undefined) throw new Error('nothing to compare with');
    expect(Math.sign(most(chosen) - most(without))).toBe(direction);
  });

  it('give prompts a fleet of their own', async () => {
    const { chosen } = await planned('--disaggregated', '40');
    expect(chosen.prompts?.replicas).toBeGreaterThan(0);
    expect(chosen.confidence).toBe('extrapolated');
  });

  it('count slices, not GPUs, where the GPUs are cut', async () => {
    const words = 'sizing plan --model llama-3.1-8b --gpu h100-sxm --slice 3g.40gb --precision bf16'.split(
      ' ',
    );
    const { stdout } = await landfall(...words);
    expect(stdout).toMatch(/with +1 slice, /);
    expect(stdout).toMatch(/without +1 GPU, /);
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it.each([
    [['--speculation', 'n-gram:3'], 'write it as --speculation n-gram:3:0.5'],
    [['--speculation', 'lama:3:0.5'], 'expected n-gram, mtp, eagle or a model of the catalog'],
    [['--speculation', 'mtp:2:0.7'], 'ships no'],
    [['--adapters', '8'], 'write it as --adapters 8:16'],
    [['--adapters', '8:17'], 'write it as --adapters 8:16'],
    [['--offload', '1'], 'write it as --offload 0.25'],
    [['--budget', 'many'], 'write it as --budget 4096'],
    [['--prefixes', '-1'], 'write it as --prefixes 200'],
    [['--disaggregated', '0'], 'write it as --disaggregated 40'],
    [['--slice', '9g.99gb'], 'expected one of 1g.10gb'],
  ])('refuse %j with the form that is meant', async (words, fix) => {
    const { stderr, exitCode } = await landfall(...LOAD, ...words);
    expect(exitCode).toBe(4);
    expect(stderr.replaceAll(/\s+/g, ' ')).toContain(fix);
  });
});

describe('landfall sizing plan where nothing was measured', () => {
  it.each(['mi300x', 'trainium2', 'inferentia2', 'l4', 'a10g', 'l40s'])('extrapolates to %s', async (gpu) => {
    const words = ['--gpu', gpu, '--tpot', '2000', '--precision', 'bf16'];
    const { chosen } = await planned('--model', 'llama-3.1-8b', ...words);
    expect([chosen.fits, chosen.confidence]).toEqual([true, 'extrapolated']);
  });

  it('says that no option deploys what the engines have no image for', async () => {
    const { stdout } = await landfall(...LOAD, '--gpu', 'mi300x');
    expect(stdout).toContain('computed only, no option deploys it: mi300x needs another image of the engine');
    expect((await landfall(...LOAD)).stdout).not.toContain('computed only');
    const notesOf = async (...words: string[]): Promise<unknown> =>
      JSON.parse((await landfall(...LOAD, ...words, '--json')).stdout).notes;
    expect(await notesOf('--gpu', 'mi300x')).toEqual([expect.stringContaining('computed only')]);
    expect(await notesOf()).toEqual([]);
  });

  it('says which format an accelerator lacks', async () => {
    const { stdout } = await landfall(...LOAD, '--gpu', 'a100-80-sxm');
    expect(stdout).toMatch(/No way carries the load\n\s+a100-80-sxm has no fp8/);
  });
});

describe('landfall sizing plan with a network between nodes', () => {
  const GIANT = '--model kimi-k2 --gpu h200-sxm --in 6000 --out 2000 --tpot 100'.split(' ');

  it('lays attention groups over nodes, and over none where nobody states it', async () => {
    const [stated, unsaid] = [await planned(...GIANT, '--fabric', '3200'), await planned(...GIANT)];
    expect(stated.chosen).toMatchObject({
      confidence: 'extrapolated',
      parallelism: { data: 16, pipeline: 1 },
    });
    expect(unsaid.chosen).toMatchObject({ parallelism: { data: 1 } });
    expect(gpus(stated.chosen)).toBeLessThan(gpus(unsaid.chosen));
  });

  it('takes no network without a rate', async () => {
    const { stderr, exitCode } = await landfall(...LOAD, '--fabric', '0');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('--fabric');
  });
});
