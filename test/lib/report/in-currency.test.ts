import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Screen } from '#lib/report/document-model';
import { isAmount, screenIn } from '#lib/report/in-currency';

const EUR = { currency: 'EUR', perUsd: 0.8, asOf: '2026-06', source: 'A bank' };
/** Documents that are shown in another currency, and where their amounts have names without the unit. */
const SHOWN = [
  'comparison',
  'breakeven',
  'sensitivity',
  'portfolio',
  'routes',
  'estimate',
  'bom',
  'diff',
  'bill-change',
];
const NAMED_OTHERWISE = {
  diff: ['after', 'before', 'catalog', 'delta', 'engine', 'spec', 'undivided'],
  estimate: ['artifact', 'plan'],
};

describe('a screen in another currency', () => {
  const document = {
    monthlyUsd: { low: 90, base: 100, high: 110 },
    usdPerMillionTokens: 5,
    cost: { delta: 10 },
    rate: { perUsd: 7 },
    step: { value: 50, unit: 'USD/month' },
    gpus: 8,
    basis: '2.95 USD a GPU',
  };
  const screenOf = (shown: typeof document): Screen => [
    { kind: 'heading', level: 1, text: 'Bill', details: [] },
    {
      kind: 'lines',
      heading: 'USD a month',
      lines: [
        `${shown.monthlyUsd.base} USD, ${shown.usdPerMillionTokens} USD/Mtok, ${shown.cost.delta} USD more`,
        `${shown.step.value} ${shown.step.unit} for ${shown.gpus} GPUs at ${shown.rate.perUsd}: ${shown.basis}`,
      ],
    },
  ];

  it('converts numbers of the document, and leaves what its texts quote', () => {
    expect(screenIn(document, EUR, screenOf)).toEqual([
      {
        kind: 'heading',
        level: 1,
        text: 'Bill',
        details: ['in EUR at 0.8 EUR to the USD (A bank, 2026-06); quoted prices stay in USD'],
      },
      {
        kind: 'lines',
        heading: 'EUR a month',
        lines: ['80 EUR, 4 EUR/Mtok, 8 EUR more', '40 EUR/month for 8 GPUs at 7: 2.95 USD a GPU'],
      },
    ]);
  });

  it('converts what limits on money allow, and no other limit', () => {
    const limits = [
      { limit: 'budgetUsdPerMonth', allowed: 100 },
      { limit: 'leadTimeDays', allowed: 90 },
    ];
    const [, shown] = screenIn({ limits }, EUR, (converted) => [
      { kind: 'heading', level: 1, text: '', details: [] },
      { kind: 'lines', lines: converted.limits.map(({ allowed }) => `${allowed}`) },
    ]);
    expect(shown).toEqual({ kind: 'lines', lines: ['80', '90'] });
  });

  it('is the screen itself where none is asked for', () => {
    expect(screenIn(document, undefined, screenOf)).toEqual(screenOf(document));
  });
});

/** Names of the figures of a published schema with their units. */
function figuresOf(schema: unknown, name = ''): { readonly name: string; readonly unit: string }[] {
  if (Array.isArray(schema)) return schema.flatMap((one) => figuresOf(one, name));
  if (typeof schema !== 'object' || schema === null) return [];
  const own = 'unit' in schema && typeof schema.unit === 'string' ? [{ name, unit: schema.unit }] : [];
  return [
    ...own,
    ...Object.entries(schema).flatMap(([key, value]: [string, unknown]) =>
      key === 'properties' && typeof value === 'object' && value !== null
        ? Object.entries(value).flatMap(([field, inner]) => figuresOf(inner, field))
        : figuresOf(value, name),
    ),
  ];
}

describe('an amount', () => {
  it.each(SHOWN)('of %s is known by its name, and nothing else is taken for one', (kind) => {
    const files = readdirSync('schema').filter((file) => file === `${kind}.schema.json`);
    const figures = files.flatMap((file) => figuresOf(JSON.parse(readFileSync(`schema/${file}`, 'utf8'))));
    expect(figures.length).toBeGreaterThan(5);
    const odd = figures.filter(({ name, unit }) => isAmount(name) !== unit.startsWith('USD'));
    expect([...new Set(odd.map(({ name }) => name))].toSorted()).toEqual(
      (NAMED_OTHERWISE as Record<string, readonly string[]>)[kind] ?? [],
    );
  });
});
