import { describe, expect, it } from 'vitest';
import { displayWidth } from '#lib/report/display-width';
import { landfall } from '../../_support/command-line';

interface Found {
  readonly rows: readonly { readonly kind: string; readonly id: string }[];
  readonly total: number;
}
const found = async (...words: string[]) =>
  JSON.parse((await landfall('catalog', ...words, '--json')).stdout) as Found;

describe('landfall catalog', () => {
  it('finds records that hold every word', async () => {
    const { rows } = await found('h100', 'sxm', '--kind', 'accelerators');
    expect(rows.map(({ id }) => id)).toEqual(['h100-sxm']);
  });

  it('stops at the limit and says how many there are', async () => {
    const { rows, total } = await found('--kind', 'prices', '--limit', '3');
    expect([rows.length, total > 3]).toEqual([3, true]);
  });

  it('fits 100 columns', async () => {
    const { stdout } = await landfall('catalog', 'h100');
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it('leaves fresh facts out with --older-than', async () => {
    expect((await found('--older-than', '100000')).total).toBe(0);
  });

  it('refuses a limit that is no number', async () => {
    expect((await landfall('catalog', '--limit', 'many')).exitCode).toBe(4);
  });
});

describe('landfall schema', () => {
  it.each(['environment', 'comparison', 'estimate', 'diff', 'plan'])('prints that of %s', async (name) => {
    const { stdout } = await landfall('schema', name);
    expect(JSON.parse(stdout)).toMatchObject({ $id: expect.stringContaining(`:${name}:v1`) as string });
  });

  it('has draft 7 of the environment only', async () => {
    expect((await landfall('schema', '--draft-7')).stdout).toContain('draft-07');
    expect((await landfall('schema', 'plan', '--draft-7')).exitCode).toBe(4);
  });
});

describe('landfall --version', () => {
  it('writes the version alone', async () =>
    expect((await landfall('--version')).stdout).toMatch(/^\d+\.\d+\.\d+\n$/));
});

describe('landfall catalog import-model', () => {
  const CONFIG = 'mimo=test/lib/model-import/configs/mimo-v2-flash.json';

  it('shows what a config.json means in memory', async () => {
    const { stdout, exitCode } = await landfall('catalog', 'import-model', CONFIG);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('mimo · 308.78');
    expect(stdout).toContain('weights in fp8');
  });

  it('makes the model usable under the name it was given', async () => {
    const plan = 'sizing plan --model mimo --gpu h200-sxm --tpot 50'.split(' ');
    const { stdout, exitCode } = await landfall(...plan, '--model-config', CONFIG);
    expect(exitCode).toBe(0);
    expect(stdout).toContain('extrapolated');
  });

  it('names a file that cannot be read', async () => {
    const { stderr, exitCode } = await landfall('catalog', 'import-model', '/no/such/config.json');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('FILE_UNREADABLE');
  });
});
