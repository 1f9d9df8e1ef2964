import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { priceId } from '#lib/catalog/prices';
import { inFolder, landfall } from '../../_support/command-line';
import { P5, snapshot, writePart } from '../../_support/price-files';

const PILOT = 'environments/pilot.yaml';
const STRICT_DATE = ['--as-of', '2026-07-25'];
/** A day on which no price of the catalog is young enough. */
const LATER = ['--as-of', '2028-12-31'];
const monthly = async (...words: readonly string[]) => {
  const { stdout } = await landfall('compare', 'environments/support.yaml', '--json', ...words);
  const { scenarios } = JSON.parse(stdout) as {
    scenarios: { options: { id: string; monthlyUsd: { base: number } | null }[] }[];
  };
  return new Map(scenarios[0]?.options.map(({ id, monthlyUsd }) => [id, monthlyUsd?.base]));
};

describe('landfall catalog age', () => {
  it('fits 100 columns and names every class', async () => {
    const { stdout, exitCode } = await landfall('catalog', 'age');
    expect(exitCode).toBe(0);
    expect(Math.max(...stdout.split('\n').map((line) => line.length))).toBeLessThanOrEqual(100);
    expect(stdout).toContain('model tokens');
  });

  it('fails with --strict where a price is too old to trust', async () => {
    const { exitCode, stderr } = await landfall('catalog', 'age', '--strict');
    expect(exitCode).toBe(3);
    expect(stderr).toContain('of model tokens');
  });
});

describe('landfall catalog why', () => {
  it('says which place answered', async () => {
    const { stdout } = await landfall('catalog', 'why', priceId(P5));
    expect(stdout).toMatch(/\* {2}bundled +55\.04 +2026-09-16/);
  });

  it('calls a share of a price what it is', async () => {
    const id = 'aws/savings-plan-factor/p5.48xlarge/us-east-1/reserved-3y/ratio';
    const { stdout } = await landfall('catalog', 'why', id);
    expect(stdout).toContain('0.432 of the price by the hour');
    expect(stdout).not.toContain('USD per');
  });

  it('takes own prices from an environment', async () => {
    await inFolder(async (folder) => {
      const file = join(folder, 'own.yaml');
      const price = `    "${priceId(P5)}": { usd: 41.5, document: EDP, asOf: 2026-10-30 }`;
      const text = readFileSync(PILOT, 'utf8').replace(/^finance:\n/m, `finance:\n  prices:\n${price}\n`);
      writeFileSync(file, text.includes('EDP') ? text : `${text}\nfinance:\n  prices:\n${price}\n`);
      const { stdout } = await landfall('catalog', 'why', priceId(P5), '--environment', file);
      expect(stdout).toMatch(/\* {2}override +41\.5/);
    });
  });
});

describe('landfall catalog pin and diff', () => {
  it('pins what an environment uses, and finds what has moved since', async () => {
    await inFolder(async (folder) => {
      const pin = join(folder, 'pin.json');
      expect((await landfall('catalog', 'pin', PILOT, '--output', pin)).exitCode).toBe(0);
      const same = await landfall('catalog', 'diff', pin, 'bundled', '--exit-code');
      expect([same.exitCode, same.stdout]).toEqual([0, expect.stringContaining('no difference')]);
      writePart(folder, 'cache/test/list.json', snapshot([P5]));
      const moved = await landfall('catalog', 'diff', 'bundled', join(folder, 'cache'), '--exit-code');
      expect([moved.exitCode, moved.stdout]).toEqual([2, expect.stringMatching(/55\.04 +50 +−9\.2 %/)]);
    });
  });

  it('refuses to overwrite a pin unless told to', async () => {
    await inFolder(async (folder) => {
      const pin = join(folder, 'pin.json');
      await landfall('catalog', 'pin', PILOT, '--output', pin);
      const before = readFileSync(pin, 'utf8');
      expect((await landfall('catalog', 'pin', PILOT, '--output', pin)).exitCode).toBe(4);
      expect(readFileSync(pin, 'utf8')).toBe(before);
      expect((await landfall('catalog', 'pin', PILOT, '--output', pin, '--force')).exitCode).toBe(0);
    });
  });
});

describe('prices laid over the bundled ones', () => {
  it('reach the bills of all commands by --prices, and only then', async () => {
    await inFolder(async (folder) => {
      const { gpu: _gpu, ...nodes } = {
        gpu: 0,
        ...P5,
        sku: 'g7e.24xlarge',
        accelerator: 'rtx-pro-6000-bw',
        acceleratorCount: 4,
      };
      writePart(folder, 'test/list.json', snapshot([{ ...nodes, usd: 1 }]));
      expect(existsSync(join(folder, 'test/list.json'))).toBe(true);
      const [plain, laid] = [await monthly(), await monthly('--prices', folder)];
      expect(laid.get('bedrock')).toBe(plain.get('bedrock'));
      expect(laid.get('eks')).toBeLessThan(plain.get('eks') ?? 0);
    });
  });

  it('that are not there are an error, not a silent return to the bundled ones', async () => {
    const { exitCode, stderr } = await landfall('compare', PILOT, '--prices', '/nowhere/prices');
    expect([exitCode, stderr]).toEqual([4, expect.stringContaining('/nowhere/prices')]);
  });
});

describe('--strict', () => {
  it('fails an estimate whose prices are too old to trust, and still writes it', async () => {
    const words = ['estimate', PILOT, '--option', 'eks', '--strict', ...LATER];
    const { exitCode, stderr, stdout } = await landfall(...words);
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/too old to trust: .*gpu-nodes/);
    expect(stdout).toContain('gpu-nodes.instance');
  });

  it('lets pass what is fresh on the day asked about', async () => {
    const words = ['estimate', PILOT, '--option', 'self-built', '--strict', ...STRICT_DATE];
    expect((await landfall(...words)).exitCode).toBe(0);
  });

  it('fails a comparison that recommends by stale prices', async () => {
    const { exitCode, stderr } = await landfall('compare', PILOT, '--strict', ...LATER);
    expect([exitCode, stderr]).toEqual([3, expect.stringContaining('too old to trust')]);
  });
});
