import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { landfall } from '../../_support/command-line';

interface Document {
  readonly fits: boolean;
  readonly reasons?: readonly string[];
  readonly gpus: number;
  readonly flops: number;
  readonly gpuHours: { readonly low: number; readonly base: number; readonly high: number };
  readonly hours: { readonly base: number };
  readonly memory: { readonly neededGib: number };
  readonly reliability: { readonly goodput: number };
}

async function trained(...words: readonly string[]): Promise<Document> {
  const { stdout, exitCode } = await landfall('sizing', 'train', ...words, '--json');
  expect(exitCode).toBe(0);
  const document: Document = JSON.parse(stdout);
  return document;
}

const LLAMA_3 =
  '--model llama-3.1-405b --gpu h100-sxm --kind pre-training --tokens 15.6e12 --batch 2048 --sequence 8192 --gpus 16384'.split(
    ' ',
  );

describe('landfall sizing train', () => {
  it('holds the published run of Llama 3.1 405B: 3.8e25 FLOPs, 30.84 million GPU hours, over 90 % of them kept', async () => {
    const { flops, gpuHours, reliability } = await trained(...LLAMA_3, '--checkpoint', '2000');
    expect(flops / 3.8e25).toBeCloseTo(1, 0);
    expect(gpuHours.low).toBeLessThan(30.84e6);
    expect(gpuHours.high).toBeGreaterThan(30.84e6);
    expect(reliability.goodput).toBeCloseTo(0.9, 2);
  });

  it('takes the fewest GPUs that hold the run and are done in time', async () => {
    const run = ['--model', 'llama-3.1-8b', '--gpu', 'h100-sxm', '--kind', 'sft', '--tokens', '1e9'];
    const [slow, fast] = [await trained(...run), await trained(...run, '--within', '4')];
    expect(fast.gpus).toBeGreaterThan(slow.gpus);
    expect(fast.hours.base).toBeLessThanOrEqual(4);
  });

  it('needs less memory for adapters than for all weights, and less yet over a base in 4 bits', async () => {
    const run = ['--model', 'qwen3-8b', '--gpu', 'h200-sxm', '--gpus', '1', '--optimiser', 'adam-8bit'];
    const needs = await Promise.all(['sft', 'lora', 'qlora'].map((kind) => trained(...run, '--kind', kind)));
    const gib = needs.map(({ memory }) => memory.neededGib);
    expect(gib.toSorted((a, b) => b - a)).toEqual(gib);
    expect(new Set(gib).size).toBe(3);
  });

  it('sizes a reinforcement by prompts and answers, and shows a step by what takes its time', async () => {
    const words = '--kind grpo --model qwen3-32b --gpu h100-sxm --gpus 32 --steps 10 --prompts 128'.split(
      ' ',
    );
    const { stdout } = await landfall('sizing', 'train', ...words);
    for (const part of ['writing', 'scoring', 'learning', 'handing weights over', 'beyond', 'one step'])
      expect(stdout).toContain(part);
    const document: { readonly schema: string; readonly tokensPerStep: number } = JSON.parse(
      (await landfall('sizing', 'train', ...words, '--json')).stdout,
    );
    expect(document).toMatchObject({ schema: 'landfall/sizing-grpo/v1', tokensPerStep: 128 * 16 * 2256 });
  });

  it.each([
    ['--kind grpo --tokens 5', '--tokens  error  CONFLICT'],
    ['--kind sft --prompts 5', '--prompts  error  CONFLICT'],
  ])('refuses a flag that its kind does not read: %s', async (words, error) => {
    const { stderr, exitCode } = await landfall(
      'sizing',
      'train',
      '--model',
      'qwen3-32b',
      '--gpu',
      'h100-sxm',
      ...words.split(' '),
    );
    expect(exitCode).toBe(4);
    expect(stderr).toContain(error);
  });

  it('says what is missing where nothing holds the run', async () => {
    const { fits, reasons } = await trained('--model', 'qwen3-32b', '--gpu', 'l4', '--gpus', '1');
    expect(fits).toBe(false);
    expect(reasons?.join()).toMatch(/GiB needed on each of 1 × l4 .* GiB usable/);
  });

  it.each([
    ['a teacher that nobody named', ['--kind', 'distillation'], 'name a teacher'],
    ['a kind that is none', ['--kind', 'dpo'], 'one of pre-training, sft'],
    ['tokens below 0', ['--tokens', '-4'], 'a number above 0'],
    ['an optimiser that is none', ['--optimiser', 'adamm'], 'did you mean "adam"'],
  ])('refuses %s', async (_, words, says) => {
    const run = ['--model', 'llama-3.1-8b', '--gpu', 'h100-sxm', ...words];
    const { stderr, exitCode } = await landfall('sizing', 'train', ...run);
    expect(exitCode).toBe(4);
    expect(stderr).toContain(says);
  });

  it('shows the run, the memory of a GPU and its interruptions in 100 columns', async () => {
    const { stdout } = await landfall('sizing', 'train', ...LLAMA_3);
    expect(stdout).toContain('15.6 trillion tokens');
    expect(stdout).toContain('Interruptions');
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });
});
