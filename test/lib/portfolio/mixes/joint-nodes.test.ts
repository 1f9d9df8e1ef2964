import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { candidatesOf, type Candidates } from '#lib/portfolio/candidates';
import { likelyMixes } from '#lib/portfolio/mixes/likely-mixes';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import type { Member } from '#lib/portfolio/member';
import { optionCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import { solveWithSplits } from '#lib/portfolio/splits/solve-split';
import type { Environment } from '#lib/spec/schema/environment';
import { loadEnvironment } from '#lib/spec/load-environment';
import { sizer } from '../../../_support/sizer';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment: shipped } = loadEnvironment('environments/portfolio.yaml', catalog);
const context = sharedContext(prices, shipped.finance);
const SCENARIOS = Object.keys(shipped.scenarios);

/** Of each shipped scenario, how many times its volume and how fast it grows. */
type Drawn = readonly { readonly times: number; readonly growthPerMonth: number }[];
const drawn = fc.array(
  fc.record({
    times: fc.constantFrom(0.1, 0.5, 1, 2, 5),
    growthPerMonth: fc.constantFrom(0, 0, 0.02, 0.05),
  }),
  { minLength: SCENARIOS.length, maxLength: SCENARIOS.length },
);

function environmentOf(changes: Drawn): Environment {
  const scenarios = Object.entries(shipped.scenarios).map(([id, scenario], index) => {
    const { times, growthPerMonth } = changes[index] ?? { times: 1, growthPerMonth: 0 };
    const { traffic } = scenario;
    const { mean, peak } = traffic.requestsPerSecond;
    const requestsPerSecond = { mean: mean * times, peak: peak * times };
    return [id, { ...scenario, traffic: { ...traffic, requestsPerSecond, growthPerMonth } }] as const;
  });
  return { ...shipped, scenarios: Object.fromEntries(scenarios), portfolio: {} };
}

function candidates(environment: Environment): Candidates {
  const compared = compareEnvironment({ environment, catalog, asOf: '2026-11-23', sizer });
  return candidatesOf(environment, compared, catalog, prices, { sizer });
}

const waysOf = (member: Member | null): readonly Member[] =>
  member === null ? [] : [member, ...(member.elsewhere ?? [])];

interface Exhaustive {
  readonly usd: number;
  readonly placed: readonly (readonly Member[])[];
}

/** Every option and every node of every scenario, one after the other; `isTried` leaves nodes out. */
function exhaustive({ options, members }: Candidates, isTried: (way: Member) => boolean): Exhaustive {
  const costs = options.map((option) => optionCosts(option, context));
  let least = Infinity;
  let best: Exhaustive = { usd: Infinity, placed: [] };
  const place = (at: number, placed: readonly (readonly Member[])[]): void => {
    if (at === SCENARIOS.length) {
      const usd = placed.reduce((sum, own, index) => sum + (costs[index]?.(own).monthlyUsd ?? 0), 0);
      const total = usd + overflowsPaidOnce(placed, options);
      if (total < least) best = { usd: (least = total), placed };
      return;
    }
    for (const [option] of options.entries()) {
      for (const way of waysOf(members[option]?.[at] ?? null).filter(isTried)) {
        place(
          at + 1,
          placed.map((own, index) => (index === option ? [...own, way] : own)),
        );
      }
    }
  };
  place(
    0,
    options.map(() => []),
  );
  return best;
}

/** What is due once where overflows go and no scenario is. */
function overflowsPaidOnce(placed: readonly (readonly Member[])[], options: Candidates['options']): number {
  const overflows = placed.flat().flatMap(({ overflow }) => overflow ?? []);
  return options.reduce((sum, { optionId }, index) => {
    if ((placed[index]?.length ?? 0) > 0) return sum;
    const taken = overflows.filter(({ member }) => member.plan.option === optionId);
    return sum + Math.max(0, ...taken.map(({ paidOnce }) => paidOnce?.monthlyUsd ?? 0));
  }, 0);
}

describe("scenarios that may stand on each other's nodes", () => {
  it('cost what every mix of options and nodes says at least, and never more than on their own nodes', () => {
    let [cheaper, split] = [0, 0];
    fc.assert(
      fc.property(drawn, (changes) => {
        const environment = environmentOf(changes);
        const request = { environment, catalog, prices, asOf: '2026-11-23', sizer };
        const solved = solveWithSplits(candidates(environment), request, context);
        const { all } = solved.problem;
        const found = solved.found?.solution;
        const best = exhaustive(all, () => true);
        const apart = exhaustive(all, ({ own }) => own === undefined);
        expect(found?.cost).toBeCloseTo(best.usd, 4);
        expect(found?.cost).toBeLessThanOrEqual(apart.usd + 1e-6);
        if (best.usd < apart.usd - 1) cheaper += 1;
        if (best.placed.flat().some(({ overflow }) => overflow !== undefined)) split += 1;
      }),
      { numRuns: 8 },
    );
    expect(cheaper).toBeGreaterThan(0);
    expect(split).toBeGreaterThan(0);
  });

  it('are first tried on their own nodes, and all that can on one kind', () => {
    const { options, members } = candidates(
      environmentOf(SCENARIOS.map(() => ({ times: 1, growthPerMonth: 0.02 }))),
    );
    const index = options.findIndex(({ optionId }) => optionId === 'colo');
    const own = (members[index] ?? []).filter((member) => member !== null);
    const option = options[index];
    if (option === undefined) throw new Error('no option');
    const ways = likelyMixes(own)(own);
    const costs = ways.map((way) => optionCosts(option, context)(way).monthlyUsd);
    expect(ways[0]).toEqual(own);
    expect(Math.min(...costs)).toBeLessThan(costs[0] ?? 0);
  });

  it('are told with the nodes that they would take alone', () => {
    const environment = environmentOf(SCENARIOS.map(() => ({ times: 1, growthPerMonth: 0.02 })));
    const { colo } = environment.options;
    if (colo === undefined) throw new Error('no option');
    const { choices, options, apartUsd, monthlyUsd } = makePortfolio({
      environment: { ...environment, options: { colo }, deploy: {} },
      catalog,
      asOf: '2026-11-23',
      sizer,
    });
    const moved = choices.filter(({ nodes, nodesAlone }) => nodes !== nodesAlone);
    expect(moved.length).toBeGreaterThan(0);
    expect(new Set(choices.map(({ nodes }) => nodes)).size).toBe(1);
    expect(apartUsd).toBeGreaterThan(monthlyUsd?.base ?? Infinity);
    const sum = options.reduce((usd, one) => usd + one.monthlyUsd, 0);
    expect(sum).toBeCloseTo(monthlyUsd?.base ?? 0, 1);
  });
});
