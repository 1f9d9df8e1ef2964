import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { compareEnvironment } from '#lib/compare/compare';
import { candidatesOf, type Candidates } from '#lib/portfolio/candidates';
import { serverWeeks } from '#lib/portfolio/training/free-gpus';
import type { Member } from '#lib/portfolio/member';
import { optionCosts, sharedContext } from '#lib/portfolio/fleets/option-cost';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { portfolioCosts } from '#lib/portfolio/search/set-costs';
import { solve } from '#lib/portfolio/search/solve';
import { matchTrainings } from '#lib/portfolio/training/training-match';
import type { TrainingWork } from '#lib/portfolio/training/training-work';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { TrainingJob } from '#lib/spec/schema/training-job';
import { exactly } from '#lib/units/band';

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const { environment } = loadEnvironment('environments/portfolio.yaml', catalog);
const context = sharedContext(prices, environment.finance);
const compared = compareEnvironment({ environment, catalog, asOf: '2026-11-23' });
const served = candidatesOf(environment, compared, catalog, prices);
const switchHours = prices.assumption('training.switch-hours').base;

const job: TrainingJob = { kind: 'lora', model: 'llama-3.1-8b', millionTokens: 41, runsPerMonth: 4 };

const accelerators = [
  ...new Set(served.members.flat().flatMap((one) => one?.fleet.nodes[0]?.offering.accelerator ?? [])),
];

/** One that takes `hours` on one GPU of a kind and less on more. */
function work(id: string, hours: number, usd: number, fewestGpus: number, kind: string): TrainingWork {
  return {
    id,
    job,
    byTheHour: { accelerator: 'h100-sxm', gpus: 1, gpuHoursPerMonth: hours, usd: exactly(usd), basis: '' },
    hoursOn: (accelerator, gpus) => (gpus < fewestGpus || accelerator !== kind ? null : hours / gpus),
  };
}

const works = fc
  .array(
    fc.record({
      hours: fc.integer({ min: 5, max: 600 }),
      // Up to what a whole fleet costs: then a scenario moves for it.
      usd: fc.integer({ min: 100, max: 150_000 }),
      fewestGpus: fc.constantFrom(1, 2, 4, 8),
      kind: fc.constantFrom(...accelerators),
    }),
    { minLength: 1, maxLength: 2 },
  )
  .map((drawn) =>
    drawn.map(({ hours, usd, fewestGpus, kind }, index) =>
      work(`training-${index}`, hours, usd, fewestGpus, kind),
    ),
  );

/** Serving of the shipped scenarios by option and set, each on every mix of nodes, asked once for all instances. */
const serving = served.options.map((option, index) => {
  const [costOf, weeksOf] = [optionCosts(option, context), serverWeeks(option, prices)];
  return Array.from({ length: 2 ** served.scenarios.length }, (_, set) => {
    const members = served.scenarios.flatMap((__, at) =>
      (set >> at) & 1 ? (served.members[index]?.[at] ?? []) : [],
    );
    const ways = members.reduce<Member[][]>(
      (before, member) =>
        before.flatMap((way) => [member, ...(member.elsewhere ?? [])].map((one) => [...way, one])),
      [[]],
    );
    return ways.map((way) => ({ cost: costOf(way), weeks: weeksOf(way) }));
  });
});

/** Every way to place scenarios and trainings, each training on any option: the cheapest that the cap lets be. */
function exhaustive(drawn: readonly TrainingWork[], cap: number) {
  const [scenarios, options] = [served.scenarios.length, served.options.length];
  const items = scenarios + drawn.length;
  const known = new Map<number, OptionCost>();
  const costOf = (option: number, set: number): OptionCost => {
    const key = option * 2 ** items + set;
    const found = known.get(key);
    if (found !== undefined) return found;
    const own = serving[option]?.[set & (2 ** scenarios - 1)];
    if (own === undefined) throw new Error('no such set');
    const trained = drawn.filter((_, at) => (set >> (scenarios + at)) & 1);
    const upfrontOfOwn = own[0]?.cost.upfrontUsd ?? 0;
    const cost = own
      // Where money at the start is short, nobody moves to nodes that ask more of it.
      .filter((way) => cap === Infinity || way.cost.upfrontUsd <= upfrontOfOwn)
      .map((way) => {
        const placed = matchTrainings(trained, way.weeks, switchHours);
        const bought = placed.reduce((usd, one) => usd + one.boughtUsd, 0);
        return { ...way.cost, monthlyUsd: way.cost.monthlyUsd + bought };
      })
      .reduce((a, b) => (b.monthlyUsd < a.monthlyUsd ? b : a));
    known.set(key, cost);
    return cost;
  };
  let best = { monthlyUsd: Infinity, upfrontUsd: 0, servedBy: '' };
  for (let code = 0; code < options ** items; code += 1) {
    const sets = Array.from({ length: options }, () => 0);
    let servedBy = '';
    let isPossible = true;
    for (let item = 0, left = code; item < items; item += 1, left = Math.floor(left / options)) {
      const option = left % options;
      sets[option] = (sets[option] ?? 0) | (1 << item);
      if (item >= scenarios) continue;
      servedBy += `${option} `;
      isPossible &&= (served.members[option]?.[item] ?? null) !== null;
    }
    if (!isPossible) continue;
    let [monthlyUsd, upfrontUsd] = [0, 0];
    for (const [option, set] of sets.entries()) {
      if (set === 0) continue;
      const cost = costOf(option, set);
      monthlyUsd += cost.monthlyUsd;
      upfrontUsd += cost.upfrontUsd;
    }
    if (upfrontUsd <= cap && monthlyUsd < best.monthlyUsd) best = { monthlyUsd, upfrontUsd, servedBy };
  }
  return best;
}

function solved(drawn: readonly TrainingWork[], cap?: number) {
  const candidates: Candidates = { ...served, works: drawn, keepsUpfront: cap !== undefined };
  return solve(candidates, portfolioCosts(candidates, context), cap);
}

describe('scenarios and trainings assigned together', () => {
  const alone = exhaustive([], Infinity);

  it('equal exhaustive search on random trainings, which move scenarios', () => {
    let moved = 0;
    fc.assert(
      fc.property(works, (drawn) => {
        const expected = exhaustive(drawn, Infinity);
        const found = solved(drawn);
        expect(found?.cost).toBeCloseTo(expected.monthlyUsd, 6);
        expect(found?.optionOf).toHaveLength(served.scenarios.length + drawn.length);
        if (expected.servedBy !== alone.servedBy) moved += 1;
      }),
      { numRuns: 60 },
    );
    expect(moved).toBeGreaterThan(0);
  });

  it('equal it under a cap on the money at the start', () => {
    fc.assert(
      fc.property(works, fc.double({ min: 0, max: 1.2, noNaN: true }), (drawn, share) => {
        const cap = share * alone.upfrontUsd;
        const expected = exhaustive(drawn, cap);
        const found = solved(drawn, cap);
        expect(found?.cost ?? Infinity).toBeCloseTo(expected.monthlyUsd, 6);
      }),
      { numRuns: 40 },
    );
  });
});
