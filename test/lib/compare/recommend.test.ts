import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { OptionRow } from '#lib/compare/comparison';
import { feasibleRow, infeasibleRow } from '#lib/compare/option-row';
import { dominates, paretoSet } from '#lib/compare/pareto';
import { recommend } from '#lib/compare/recommend';
import { breakEvenMultiple } from '#lib/compare/traffic-flip';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { bookOf, financeOf, planOf, monthly, usage } from '../../_support/bill-builders';

const target = {
  id: 'colo',
  title: 'Colocation',
  difficulty: 4,
  customisable: 'everything',
  operates: {
    facility: 'provider',
    hardware: 'you',
    network: 'you',
    'operating-system': 'you',
    kubernetes: 'you',
    'model-server': 'you',
    model: 'you',
    'vector-store': 'you',
  },
} as const;

const finance = financeOf();
const billOf = (purchases: Parameters<typeof planOf>[0], prices: Record<string, number>) =>
  estimateFromPlan(planOf(purchases), { prices: bookOf(prices), finance, asOf: '2026-11-23' });

function row(id: string, usd: number, changes: Partial<OptionRow> = {}): OptionRow {
  const bill = billOf([monthly('node', 1)], { node: usd });
  return { ...feasibleRow({ id, title: undefined, target }, planOf([]), bill, finance), ...changes };
}

const none = new Map();

describe('a recommendation', () => {
  it('is the cheapest option that fits, and names the runner-up and the difference', () => {
    const rows = [row('dear', 2_000), row('cheap', 1_000)];
    const { recommended, why } = recommend(rows, paretoSet(rows), none);
    expect(recommended).toBe('cheap');
    expect(why[0]).toBe(
      'cheap costs 1,000 USD a month; next is dear at 2,000 USD, 1,000 USD a month (100 % more).',
    );
  });

  it('says so where options cost the same, and never "0 USD more (0 % more)"', () => {
    const headline = (rows: OptionRow[]) => recommend(rows, paretoSet(rows), none).why[0];
    expect(headline([row('b', 1_000.4), row('a', 1_000), row('c', 3_000)])).toBe(
      'a and b cost the same, 1,000 USD a month: let something other than cost decide.',
    );
    expect(headline([row('a', 1_000), row('b', 1_000), row('c', 1_000)])).toContain(
      'a, b and c cost the same, 1,000 USD a month each',
    );
    expect(headline([row('a', 1_000), row('b', 1_003)])).toContain('3 USD a month (less than 1 % more)');
    // What lacks a price costs more than it shows: nobody knows whether it is the same.
    expect(headline([row('a', 1_000), row('b', 1_000, { atLeast: true })])).toContain(
      'next is b at 1,000 USD or more',
    );
    expect(headline([row('a', 1_000), row('b', 2_000, { waitAtLeast: true })])).toContain(
      'next is b at 2,000 USD or more',
    );
  });

  it('names amounts in the currency that is asked for', () => {
    const rows = [row('cheap', 1_000), row('dear', 2_000)];
    const { why } = recommend(rows, paretoSet(rows), none, undefined, undefined, {
      currency: 'EUR',
      perUsd: 0.8,
    });
    expect(why[0]).toBe(
      'cheap costs 800 EUR a month; next is dear at 1,600 EUR, 800 EUR a month (100 % more).',
    );
    expect(why.join(' ')).not.toContain('USD');
  });

  it('says whether the doubt of all inputs together could turn the order', () => {
    const doubtful = (id: string, low: number, base: number, high: number) =>
      row(id, base, { monthlyUsd: { low, base, high } });
    const why = (rows: OptionRow[]) => recommend(rows, paretoSet(rows), none).why.join(' ');
    expect(why([doubtful('a', 900, 1_000, 1_900), doubtful('b', 1_950, 2_000, 3_000)])).toContain(
      'With every input at its dear end a still costs less (1,900 USD) than any other at its cheap end',
    );
    expect(why([doubtful('a', 900, 1_000, 1_990), doubtful('b', 1_950, 2_000, 3_000)])).toContain(
      'a could cost up to 1,990 USD, b as little as 1,950 USD: `landfall sensitivity`',
    );
  });

  it('says what the filters of one option cost that the others do without', () => {
    const filter = { ...monthly('filter', 1), resources: ['Serving/Guardrail'] };
    const rows = [row('bare', 1_000), row('filtered', 1_100)];
    const why = (usd: number, others: Parameters<typeof planOf>[0] = []) => {
      const bills = new Map([
        ['bare', billOf([monthly('node', 1), ...others], { node: 1_000, filter: 100 })],
        ['filtered', billOf([monthly('node', 1), filter], { node: 1_000, filter: usd })],
      ]);
      return recommend(rows, paretoSet(rows), bills).why.join(' ');
    };
    expect(why(100)).toContain(
      '100 USD a month of filtered is its guardrail, which filters prompts and answers, as nothing does on bare: `guardrail: false`',
    );
    expect(why(10)).not.toContain('guardrail');
    expect(why(100, [filter])).not.toContain('guardrail');
  });

  it('prefers a fully priced option to a lower bound, and says what the other lacks', () => {
    const rows = [row('full', 2_000), row('partial', 10, { atLeast: true, unpriced: ['secret'] })];
    const { recommended, why } = recommend(rows, paretoSet(rows), none);
    expect(recommended).toBe('full');
    expect(why.join(' ')).toContain('partial starts at 10 USD but lacks prices (secret)');
  });

  it('is null when nothing fits', () => {
    const misfit = { feasible: false, scenario: 'chat', option: 'x', target: 'colo', model: null } as const;
    const rows = [
      infeasibleRow({ id: 'x', title: undefined, target }, { ...misfit, reasons: ['too small'] }),
    ];
    expect(recommend(rows, paretoSet(rows), none).recommended).toBeNull();
  });

  it('is never a dominated option', () => {
    const option = fc.record({
      usd: fc.integer({ min: 1, max: 5 }),
      lead: fc.integer({ min: 1, max: 3 }),
      score: fc.option(fc.constantFrom(0.1, 0.2)),
      atLeast: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(option, { minLength: 1, maxLength: 6 }), (drawn) => {
        const rows = drawn.map(({ usd, lead, score, atLeast }, index) =>
          row(`o${index}`, usd, {
            leadTimeDays: { low: lead, base: lead, high: lead },
            quality: score === null ? null : { metric: 'gpqa', score },
            atLeast,
          }),
        );
        const { recommended } = recommend(rows, paretoSet(rows), none);
        const winner = rows.find((candidate) => candidate.id === recommended);
        expect(winner).toBeDefined();
        expect(rows.some((other) => winner !== undefined && dominates(other, winner))).toBe(false);
      }),
    );
  });

  it('says at which traffic the order of token and fleet prices turns', () => {
    const bills = new Map([
      ['token', billOf([usage('tokens', 1)], { tokens: 1_000 })],
      ['fleet', billOf([monthly('node', 1)], { node: 3_000 })],
    ]);
    const rows = [row('token', 1_000), row('fleet', 3_000, { headroom: 4 })];
    const { why } = recommend(rows, paretoSet(rows), bills);
    expect(why).toContain('Above 3× the planned traffic fleet would be cheaper.');
  });

  it('says of fleets that stay how far they carry, and of those that grow what that traffic makes of them', () => {
    const bills = new Map([
      ['token', billOf([usage('tokens', 1)], { tokens: 1_000 })],
      ['fleet', billOf([monthly('node', 1)], { node: 3_000 })],
    ]);
    const rows = [row('token', 1_000), row('fleet', 3_000, { headroom: 0.4 })];
    const flip = (nodesAt: ((timesPlanned: number) => number) | null) =>
      recommend(rows, paretoSet(rows), bills, undefined, (id) => (id === 'fleet' ? nodesAt : null)).why.find(
        (sentence) => sentence.includes('the planned traffic'),
      );
    expect(flip(null)).toBe(
      'Above 3× the planned traffic fleet would be cheaper, but the fleet of fleet carries only 1.4×: it must grow before that.',
    );
    expect(flip((timesPlanned) => Math.ceil(6.5 * timesPlanned))).toBe(
      'Above 3× the planned traffic fleet would be cheaper, counting the fleets planned now; by month 36 that traffic takes 20 GPU nodes of fleet, not 7.',
    );
    // The last node has room for it.
    expect(flip(() => 7)).toBe('Above 3× the planned traffic fleet would be cheaper.');
  });

  it('says which fleets stand all month for a load of next to nothing', () => {
    const why = (headroom: number | null) => {
      const rows = [row('a', 1_000, { replicas: 1, headroom }), row('b', 2_000)];
      return recommend(rows, paretoSet(rows), none).why.join(' ');
    };
    expect(why(1_000)).toContain('one stands all month all the same on a.');
    expect(why(50)).not.toContain('all the same');
    expect(why(null)).not.toContain('all the same');
  });

  it('says nothing of a turn that is ten times the traffic away', () => {
    const bills = new Map([
      ['token', billOf([usage('tokens', 1)], { tokens: 1_000 })],
      ['fleet', billOf([monthly('node', 1)], { node: 30_000 })],
    ]);
    const rows = [row('token', 1_000), row('fleet', 30_000, { headroom: 4 })];
    expect(recommend(rows, paretoSet(rows), bills).why.join(' ')).not.toContain('planned traffic');
  });

  it('has no turning point between bills that grow alike', () => {
    expect(breakEvenMultiple({ fixedUsd: 1, usageUsd: 2 }, { fixedUsd: 5, usageUsd: 2 })).toBeNull();
  });
});
