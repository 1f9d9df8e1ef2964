import { describe, expect, it } from 'vitest';
import type { Comparison, OptionRow } from '#lib/compare/comparison';
import { comparisonCsv } from '#lib/report/formats/comparison-csv';
import { comparisonScreen } from '#lib/report/screens/comparison-screen';
import { displayWidth } from '#lib/report/display-width';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';
import { exactly } from '#lib/units/band';

const row: OptionRow = {
  id: 'eks',
  title: 'H100 on EKS',
  target: 'aws-eks',
  model: 'llama-3.1-70b',
  precision: 'fp8',
  engine: 'vllm',
  feasible: true,
  reasons: [],
  gpu: 'h100-sxm',
  gpus: 16,
  nodes: 2,
  replicas: 4,
  monthlyUsd: { low: 51_000, base: 57_200, high: 64_000 },
  tangibleMonthlyUsd: 49_500,
  intangibleMonthlyUsd: 7_700,
  intangibles: [
    { part: 'run', monthlyUsd: { low: 5_000, base: 7_000, high: 9_000 } },
    { part: 'leaving', monthlyUsd: exactly(700) },
  ],
  exitFeesMonthlyUsd: exactly(12),
  oneOffUsd: 20_000,
  presentValueUsd: 1_853_000,
  netPresentValueUsd: null,
  monthZeroCashUsd: 20_000,
  beforeLaunch: [],
  peakCashUsd: 2_079_200,
  usdPerMillionTokens: exactly(1.73),
  atLeast: false,
  ttftMs: exactly(520),
  tpotMs: exactly(31),
  latency: null,
  tokensPerSecond: exactly(9_000),
  growth: null,
  headroom: 0.34,
  redundancy: { withoutOneReplica: 0.005, withoutOneNode: -0.33 },
  utilisation: 0.2,
  idleMonthlyUsd: 30_000,
  availability: 0.9951,
  quality: { metric: 'gpqa', score: 0.41 },
  difficulty: 3,
  leadTimeDays: exactly(7),
  customisable: 'weights and engine',
  operates: {
    facility: 'provider',
    hardware: 'provider',
    network: 'provider',
    'operating-system': 'you',
    kubernetes: 'you',
    'model-server': 'you',
    model: 'you',
    'vector-store': 'you',
  },
  unpriced: [],
  confidence: 'calibrated',
  store: null,
  notes: [],
};
const unpriced: OptionRow = {
  ...row,
  id: 'leased',
  atLeast: true,
  unpriced: ['head-nodes.server'],
  monthlyUsd: exactly(31_000),
};
const misfit: OptionRow = {
  ...row,
  id: 'small',
  feasible: false,
  reasons: ['TTFT 2,310 ms, 800 ms asked'],
  monthlyUsd: null,
  ttftMs: null,
};

function comparisonOf(options: readonly OptionRow[], title = 'Support assistant'): Comparison {
  return {
    schema: 'landfall/comparison/v1',
    environment: 'support',
    asOf: '2026-11-23',
    horizonMonths: 36,
    catalog: {
      oldestPrice: '2026-06',
      newestPrice: '2026-11-20',
      derivedShare: 0,
      assumedShare: 0.12,
      snapshot: '2026-11-23',
    },
    scenarios: [
      {
        id: 'support',
        title,
        route: 'direct',
        pareto: ['eks'],
        recommended: 'eks',
        certainty: null,
        why: ['eks is the cheapest that meets every objective.'],
        cautions: [{ options: ['eks'], text: 'all replicas stand on one node' }],
        otherwise: [
          { option: 'eks', payment: 'scheduled', monthlyUsd: 40_000, savesUsd: 17_200, paidShare: 0.37 },
        ],
        options,
      },
    ],
    portfolio: { choice: { support: 'eks' }, monthlyUsd: exactly(57_200), atLeast: false },
  };
}

const context = { path: 'support.yaml', scenarios: {}, sort: 'cost' as const };
const widest = (text: string) => Math.max(...text.split('\n').map(displayWidth));

describe('the comparison screen', () => {
  const text = renderText(comparisonScreen(comparisonOf([misfit, row, unpriced]), context));

  it('stays within 100 columns and says how many columns it left out', () => {
    expect(widest(text)).toBeLessThanOrEqual(100);
    expect(text).toMatch(/\+\d+ columns: --wide/);
  });

  it('gives no sum of scenarios where one has nothing that carries it, and names it', () => {
    const comparison = comparisonOf([misfit, row, unpriced]);
    const [first] = comparison.scenarios;
    if (first === undefined) throw new Error('no scenario');
    const other = { ...first, id: 'other', recommended: null, options: [misfit] };
    const both = (monthlyUsd: typeof comparison.portfolio.monthlyUsd) =>
      renderText(
        comparisonScreen(
          { ...comparison, scenarios: [first, other], portfolio: { ...comparison.portfolio, monthlyUsd } },
          context,
        ),
      );
    expect(both(null)).toContain('support on eks: no sum, as nothing chosen carries other');
    expect(both(exactly(57_200))).toContain('support on eks: 57,200 USD/month for 1 scenario');
  });

  it('says what another way to pay would save, and what to write for it', () => {
    expect(text.replaceAll(/\n */g, ' ')).toContain(
      'eks following its hours by a schedule would cost 40,000, 17,200 less, in 37 % of the node-hours: scaling: { policy: scheduled }',
    );
  });

  it('shows what nobody sends a bill for, part by part, and what only the environment can state', () => {
    expect(text).toContain('Compliance costs nothing here until finance.compliance states it.');
    expect(text).toMatch(/option {2,}run it {2,}leaving {2,}all {2,}low – high {2,}idle {2,}exit fees\n/);
    expect(text).toMatch(/eks {2,}7,000 {2,}700 {2,}7,700 {2,}5,700 – 9,700 {2,}30,000 {2,}12\.00/);
  });

  it('stays within 100 columns when titles are Chinese', () => {
    const screen = comparisonScreen(comparisonOf([{ ...row, reasons: [] }], '客服助手'.repeat(40)), context);
    expect(widest(renderText(screen))).toBeLessThanOrEqual(100);
  });

  it('marks a total with an unpriced line as at least, and lists the line', () => {
    expect(text).toMatch(/leased +\S+ +≥ 31,000/);
    expect(text).toContain('leased: head-nodes.server');
  });

  it('lists what does not fit below, with reasons', () => {
    expect(text.indexOf('Do not fit')).toBeGreaterThan(text.indexOf('leased'));
    expect(text).toContain('small: TTFT 2,310 ms, 800 ms asked');
  });

  it('says what is recommended and why before what that rests on, and no more with --quiet', () => {
    const detail = ['Over 36 months', 'Intangible', 'eks: all replicas stand on one node', 'Next:'];
    for (const later of detail) expect(text.indexOf('Recommended: eks')).toBeLessThan(text.indexOf(later));
    const shown = comparisonOf([misfit, row, unpriced]);
    const quiet = renderText(comparisonScreen(shown, { ...context, quiet: true }));
    expect(detail.filter((later) => quiet.includes(later))).toEqual([]);
    expect(quiet).toContain('small: TTFT 2,310 ms');
    expect(text.startsWith(quiet.trimEnd())).toBe(true);
  });

  it('ranks by cost, stars the recommended option, and ranks no total before others that means "at least"', () => {
    expect(text).toMatch(/\*1 {2}eks[^\n]*\n +2 {2}leased/);
    const priced = comparisonOf([row, { ...unpriced, atLeast: false }]);
    expect(renderText(comparisonScreen(priced, context))).toMatch(/ 1 {2}leased[^\n]*\n +\*2 {2}eks/);
    const byName = comparisonOf([{ ...unpriced, id: 'a' }, row]);
    expect(renderText(comparisonScreen(byName, { ...context, sort: 'name' }))).toMatch(/ 1 {2}a /);
  });

  it('shows how long until each option serves', () => expect(text).toMatch(/lead time[^]*eks[^\n]* 7 days/));

  it('shows every column with --wide', () => {
    const wide = renderText(comparisonScreen(comparisonOf([row]), context), { wide: true });
    expect(wide).toContain('availability');
    expect(wide).not.toContain('--wide');
  });

  it('keeps markup of a title out of Markdown', () => {
    const markdown = renderMarkdown(comparisonScreen(comparisonOf([row], '<img src=x> | @all'), context));
    expect(markdown).not.toMatch(/<img|@all/);
  });

  it('leaves an absent figure empty in CSV and defuses formulas', () => {
    const csv = comparisonCsv(comparisonOf([{ ...misfit, reasons: ['=1+1'] }]));
    expect(csv).toContain(",'=1+1");
    expect(csv.split('\r\n')[1]).toContain('small,aws-eks,false');
    expect(csv.split('\r\n')[1]).toContain(',,,,,,');
  });
});
