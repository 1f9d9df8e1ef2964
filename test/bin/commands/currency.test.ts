import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Comparison } from '#lib/compare/comparison';
import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { Explanation } from '#lib/cost/explain/explain';
import type { BreakEven } from '#lib/decision/break-even';
import type { Sensitivity } from '#lib/decision/sensitivity';
import type { DiffDocument } from '#lib/diff/environment-diff';
import type { Bom } from '#lib/facility/bom';
import type { Portfolio } from '#lib/portfolio/portfolio';
import { displayWidth } from '#lib/report/display-width';
import type { Routes } from '#lib/routes/routes';
import { grouped } from '#lib/units/grouped';
import { inFolder, landfall } from '../../_support/command-line';

const SUPPORT = 'environments/support.yaml';
/** The smallest: each command runs three times. */
const PILOT = 'environments/pilot.yaml';
/** Federal Reserve, mean of June 2026. */
const EUR = 0.8684;

const COMMANDS = [
  {
    words: ['compare', SUPPORT],
    row: 'eks',
    usd: (text: string) => ofEks((JSON.parse(text) as Comparison).scenarios[0]?.options)?.monthlyUsd?.base,
  },
  {
    words: ['breakeven', PILOT, 'eks', 'leased'],
    row: 'eks',
    usd: (text: string) => ofEks((JSON.parse(text) as BreakEven).options)?.monthlyUsd,
  },
  {
    words: ['sensitivity', PILOT, '--draws', '100'],
    row: 'eks',
    usd: (text: string) => ofEks((JSON.parse(text) as Sensitivity).scenarios[0]?.options)?.monthlyUsd,
  },
  {
    words: ['portfolio', 'environments/portfolio.yaml'],
    row: 'total',
    usd: (text: string) => (JSON.parse(text) as Portfolio).monthlyUsd?.base,
  },
  {
    words: ['routes', PILOT],
    row: 'lora',
    usd: (text: string) =>
      (JSON.parse(text) as Routes).ways.find(({ id }) => id === 'lora')?.monthlyUsd?.base,
  },
] as const;

/** Where each document has its figure. */
type Figures = Partial<Pick<DiffDocument, 'cost'> & Pick<Bom, 'totalUsd'> & Pick<Explanation, 'value'>>;

describe('--currency', () => {
  it.each(COMMANDS)(
    '$words shows its main figures by the dated rate, and stays in USD',
    async ({ words, row, usd }) => {
      const { stdout: plain } = await landfall(...words, '--json');
      const asked = await landfall(...words, '--json', '--currency', 'EUR');
      const { inCurrency, ...rest } = JSON.parse(asked.stdout) as { readonly inCurrency: CurrencyAmounts };
      expect(rest).toEqual(JSON.parse(plain));
      expect(inCurrency).toMatchObject({
        currency: 'EUR',
        perUsd: EUR,
        asOf: '2026-06',
        source: 'Federal Reserve',
      });
      const shown = inCurrency.amounts.find(({ of, figure }) => of === row && figure === 'a month');
      expect(shown?.amount?.base).toBeCloseTo((usd(plain) ?? Number.NaN) * EUR, 3);

      const { stdout } = await landfall(...words, '--currency', 'EUR');
      expect(stdout).toContain('in EUR at 0.8684 EUR to the USD (Federal Reserve, 2026-06)');
      expect(stdout).toContain(grouped((usd(plain) ?? Number.NaN) * EUR));
      expect(stdout.split('\n').filter(isInUsd)).toEqual([]);
      expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
    },
  );

  it.each([
    ['explain', SUPPORT, 'eks.monthly'],
    ['bom', 'environments/scale.yaml', '--option', 'colo'],
    ['diff', `${SUPPORT}#bedrock`, `${SUPPORT}#eks`],
    ['estimate', SUPPORT, '--option', 'eks'],
  ])('%s shows every amount in it', async (...words) => {
    const { stdout } = await landfall(...words, '--currency', 'CNY');
    expect(stdout).toMatch(/in CNY at \d\.\d+ CNY to the USD/);
    expect(stdout).toMatch(/CNY\/month|CNY {2}state/);
    expect(stdout.split('\n').filter(isInUsd)).toEqual([]);
    expect(Math.max(...stdout.split('\n').map(displayWidth))).toBeLessThanOrEqual(100);
  });

  it.each([
    [
      ['explain', PILOT, 'eks.monthly'],
      ['eks.monthly', 'amount/month'],
    ],
    [
      ['bom', 'environments/scale.yaml', '--option', 'colo'],
      ['all parts', 'of the launch'],
    ],
    [
      ['diff', `${PILOT}#bedrock`, `${PILOT}#eks`],
      ['a month', 'after'],
    ],
  ])('%j states its main figures beside those in USD', async (words, [of, figure]) => {
    const { stdout: plain } = await landfall(...words, '--json');
    const { stdout } = await landfall(...words, '--json', '--currency', 'EUR');
    const { inCurrency, ...rest } = JSON.parse(stdout) as { readonly inCurrency: CurrencyAmounts };
    const document = JSON.parse(plain) as Figures;
    expect(rest).toEqual(document);
    const usd = document.cost?.after ?? document.totalUsd?.base ?? document.value ?? Number.NaN;
    const amount = inCurrency.amounts.find((each) => each.of === of && each.figure === figure)?.amount;
    expect(amount?.base).toBeCloseTo(usd * EUR, 3);
  });

  it('is the one of the environment, by its own rate', () =>
    inFolder(async (folder) => {
      const file = join(folder, 'mine.yaml');
      const own =
        'currency: CHF\n  exchangeRates: { CHF: { perUsd: 0.8, document: treasury, asOf: 2026-11-01 } }';
      writeFileSync(
        file,
        readFileSync('environments/pilot.yaml', 'utf8').replace(/^finance:\n/m, `finance:\n  ${own}\n`),
      );
      const { stdout } = await landfall('compare', file);
      expect(stdout).toContain('at 0.8 CHF to the USD (treasury, 2026-11-01)');
    }));

  it('refuses one that nobody gives a rate for', async () => {
    const { stderr, exitCode } = await landfall('compare', SUPPORT, '--currency', 'XAU');
    expect(exitCode).toBe(4);
    expect(stderr).toContain('UNKNOWN_CURRENCY');
  });
});

/** All but the rate, and prices by the unit as their sellers quote them. */
function isInUsd(line: string): boolean {
  return /\bUSD\b/.test(
    line
      .replace(/to the USD \(.*\); quoted prices stay in USD/, '')
      .replaceAll(/[\d.,]+ USD(?: a GPU|\/1M|\/unit)/g, ''),
  );
}

function ofEks<Row extends { readonly id: string }>(rows: readonly Row[] | undefined): Row | undefined {
  return rows?.find(({ id }) => id === 'eks');
}
