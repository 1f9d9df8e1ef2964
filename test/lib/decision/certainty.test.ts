import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { certainty, type Certainty } from '#lib/compare/certainty';
import { certaintySentence } from '#lib/compare/certainty-sentence';
import { compareEnvironment } from '#lib/compare/compare';
import { compiledBills } from '#lib/compare/compiled-bills';
import type { OptionRow } from '#lib/compare/comparison';
import { drawnBills } from '#lib/cost/compiled/drawn-bills';
import { decisionCase, type DecisionCase } from '#lib/decision/decision-case';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import { AS_OF, shippedCase } from '../../_support/decision';
import { sizer } from '../../_support/sizer';
import { US_DOLLAR } from '#lib/units/currency';

const catalog = loadCatalog();

function shipped(name: string): Environment {
  return loadEnvironment(`environments/${name}.yaml`, catalog).environment;
}

/**
 * Chances that the one that is cheaper at base costs less than the other: the comparison's, and of 10,000 draws.
 *
 * @param planned - The case that is drawn. @default - one that does not follow what only the planning reads
 */
function chances(environment: Environment, planned?: DecisionCase) {
  const [[scenarioId, scenario] = []] = Object.entries(environment.scenarios);
  if (scenarioId === undefined || scenario === undefined) throw new Error('no scenario');
  const props = { environment, scenarioId, scenario, catalog, asOf: AS_OF };
  const decision = planned ?? decisionCase({ ...props, sizer, followsPlanning: false });
  const { comparison } = compareEnvironment({ environment, catalog, asOf: AS_OF, sizer });
  const rows = (comparison.scenarios[0]?.options ?? [])
    .filter(({ atLeast, monthlyUsd }) => !atLeast && monthlyUsd !== null)
    .toSorted((a, b) => (a.monthlyUsd?.base ?? 0) - (b.monthlyUsd?.base ?? 0));
  const billsOf = (ids: readonly string[]) =>
    compiledBills(
      ids.flatMap((id) => decision.options.find((one) => one.id === id)?.plan ?? []),
      {
        prices: decision.prices,
        finance: environment.finance,
        traffic: scenario.traffic,
        asOf: AS_OF,
        interim: null,
      },
    );
  const bills = decision.options.map(({ bill }) => bill);
  const drawn = drawnBills(bills, decision.space, decision.doubts, { draws: 10_000, seed: 3 });
  const costsOf = (id: string) => drawn[decision.options.findIndex((one) => one.id === id)] ?? [];
  const pairs = (a: OptionRow, later: readonly OptionRow[]) =>
    later.flatMap((b) => {
      const said = certainty(a, [b], billsOf);
      if (said === null) return [];
      const [own, other] = [costsOf(a.id), costsOf(b.id)];
      const drawnShare = own.filter((usd, draw) => usd <= (other[draw] ?? 0)).length / own.length;
      return [{ pair: `${environment.name}: ${a.id} and ${b.id}`, said: said.cheaperShare, drawnShare }];
    });
  return rows.flatMap((a, index) => pairs(a, rows.slice(index + 1)));
}

const SHIPPED = ['pilot', 'support', 'knowledge', 'scale'];
const difference = ({ said, drawnShare }: { said: number; drawnShare: number }) =>
  Math.abs(said - drawnShare);
const isFar = (chance: { said: number; drawnShare: number }) => difference(chance) > 0.05;

describe('the chance that one option costs less than another', () => {
  it('is within five points of 10,000 draws wherever bands overlap', () => {
    const pairs = SHIPPED.flatMap((name) => chances(shipped(name)));
    expect(pairs.filter(isFar)).toEqual([]);
    expect(pairs.length).toBeGreaterThan(25);
    expect(pairs.some(({ said }) => said < 0.8)).toBe(true);
  });

  it('is so of draws that follow what only the planning reads, but where a node more would be bought', () => {
    const pairs = SHIPPED.flatMap((name) => chances(shipped(name), shippedCase(name)));
    // Repairs that last 8 h take EKS a fifth node: a comparison does not plan anew for its draws.
    expect(pairs.filter(isFar).length).toBeLessThanOrEqual(1);
    expect(pairs.filter((chance) => difference(chance) > 0.15)).toEqual([]);
  });

  it('is so whatever the money, the growth and the volume', () => {
    const base = shipped('support');
    const [[scenarioId, scenario] = []] = Object.entries(base.scenarios);
    if (scenarioId === undefined || scenario === undefined) throw new Error('no scenario');
    const { eks, leased, colo } = base.options;
    if (eks === undefined || leased === undefined || colo === undefined) throw new Error('no options');
    const one = fc.record({
      horizonMonths: fc.integer({ min: 6, max: 72 }),
      discountRatePerYear: fc.constantFrom(0, 0.09, 0.2),
      growthPerMonth: fc.constantFrom(-0.02, 0, 0.01, 0.05),
      volume: fc.double({ min: 0.5, max: 8, noNaN: true }),
    });
    fc.assert(
      fc.property(one, ({ horizonMonths, discountRatePerYear, growthPerMonth, volume }) => {
        const { requestsPerSecond } = scenario.traffic;
        const traffic = {
          ...scenario.traffic,
          growthPerMonth,
          requestsPerSecond: {
            mean: requestsPerSecond.mean * volume,
            peak: requestsPerSecond.peak * volume,
          },
        };
        const environment = {
          ...base,
          options: { eks, leased, colo },
          scenarios: { [scenarioId]: { ...scenario, traffic } },
          finance: { ...base.finance, horizonMonths, discountRatePerYear },
        };
        expect(chances(environment).filter(isFar)).toEqual([]);
      }),
      { numRuns: 8, seed: 6 },
    );
  });

  it('names the input that alone turns the order', () => {
    const environment = shipped('support');
    const { eks, leased } = environment.options;
    if (eks === undefined || leased === undefined) throw new Error('no options');
    const mostBy = (id: string, band: { low: number; base: number; high: number }) => {
      const assumptions = { ...environment.finance.assumptions, [id]: band };
      const finance = { ...environment.finance, assumptions };
      const { comparison } = compareEnvironment({
        environment: { ...environment, options: { eks, leased }, finance },
        catalog,
        asOf: AS_OF,
        sizer,
      });
      return comparison.scenarios[0]?.certainty?.mostBy;
    };
    // Growth adds nodes to the one and none to the other, and fewer people run it.
    expect(mostBy('traffic.growth-multiple', { low: 0, base: 1, high: 4 })).toBe('traffic.growth-per-month');
    const perYear = { low: 20_000, base: 185_000, high: 2_000_000 };
    expect(mostBy('people.loaded-usd-per-year', perYear)).toBe('people.loaded-usd-per-year');
  });
});

describe('the sentence of a comparison', () => {
  const row = (id: string, low: number, base: number, high: number) =>
    ({ id, atLeast: false, monthlyUsd: { low, base, high } }) as Parameters<typeof certaintySentence>[0];
  const [a, b] = [row('a', 90, 100, 200), row('b', 95, 110, 120)];
  const said = (cheaperShare: number, meanMarginUsd = 5, cheapestShare = cheaperShare) =>
    certaintySentence(
      a,
      [b],
      {
        rival: 'b',
        cheaperShare,
        cheapestShare,
        marginUsd: 10,
        meanMarginUsd,
        mostBy: 'facility.pue',
      } satisfies Certainty,
      US_DOLLAR,
    )[0];

  it('names how sure the order is, and by which input', () => {
    expect(said(0.95)).toMatch(/^Sure: a costs less than b in about 95 % /);
    expect(said(0.7)).toMatch(/^Likely: a costs less than b in about 70 % .*facility\.pue/);
    expect(said(0.7, 5, 0.55)).toMatch(/facility\.pue; it is the cheapest of all in about 55 %\. /);
    expect(said(0.5)).toMatch(/^Within the noise: .*cost alone does not tell them apart/);
    expect(said(0.2, -30)).toMatch(/^Doubtful: b costs less than a in about 80 % .*30 USD a month less/);
  });
});
