import type { Catalog } from '#lib/catalog/catalog';
import type { LineContext } from '#lib/cost/line-context';
import { scoreOf, withinLimits, type Candidates } from '#lib/portfolio/candidates';
import type { Relaxation } from '#lib/portfolio/portfolio';
import type { SetCosts } from '#lib/portfolio/set-costs';
import { leastUpfront, solve, type Solution } from '#lib/portfolio/solve';
import type { PortfolioLimits } from '#lib/spec/portfolio';
import { roundTo } from '#lib/units/money';

/** What is to be assigned, and what every set of it costs: limits leave candidates out and change no cost. */
export interface PortfolioProblem {
  readonly all: Candidates;
  readonly costs: SetCosts;
  readonly catalog: Catalog;
  readonly context: LineContext;
}

/** The cheapest portfolio within all limits; `null` where there is none. */
export function solveWithin(
  { all, costs, catalog, context }: PortfolioProblem,
  limits: PortfolioLimits,
): { readonly solution: Solution; readonly candidates: Candidates } | null {
  const candidates = withinLimits(all, limits, catalog);
  const solution = solve(candidates, costs, context, limits.upfrontUsd);
  if (solution === null) return null;
  return solution.cost > (limits.budgetUsdPerMonth ?? Infinity) ? null : { solution, candidates };
}

/** For each limit the smallest change that makes a portfolio possible while the others stand; none where none helps. */
export function relaxations(problem: PortfolioProblem, limits: PortfolioLimits): Relaxation[] {
  const { all, catalog } = problem;
  const fits = (changed: PortfolioLimits) => solveWithin(problem, changed) !== null;
  return [
    ...budget(problem, limits),
    ...upfront(problem, limits),
    ...leadTime(all, limits, fits),
    ...quality(all, limits, catalog, fits),
  ];
}

function budget(problem: PortfolioProblem, limits: PortfolioLimits): Relaxation[] {
  const { budgetUsdPerMonth, ...rest } = limits;
  if (budgetUsdPerMonth === undefined) return [];
  const found = solveWithin(problem, rest);
  return found === null
    ? []
    : [{ limit: 'budgetUsdPerMonth', from: budgetUsdPerMonth, to: roundedUp(found.solution.cost) }];
}

function upfront({ all, costs, catalog, context }: PortfolioProblem, limits: PortfolioLimits): Relaxation[] {
  const { upfrontUsd, ...rest } = limits;
  if (upfrontUsd === undefined) return [];
  const candidates = withinLimits(all, rest, catalog);
  const least = leastUpfront(candidates, costs, context, limits.budgetUsdPerMonth ?? Infinity);
  return least === null ? [] : [{ limit: 'upfrontUsd', from: upfrontUsd, to: roundedUp(least) }];
}

function leadTime(
  all: Candidates,
  limits: PortfolioLimits,
  fits: (changed: PortfolioLimits) => boolean,
): Relaxation[] {
  const from = limits.leadTimeDays;
  if (from === undefined) return [];
  const days = membersOf(all).map(({ plan }) => plan.leadTimeDays.base);
  const to = ascending(days.filter((one) => one > from)).find((one) =>
    fits({ ...limits, leadTimeDays: one }),
  );
  return to === undefined ? [] : [{ limit: 'leadTimeDays', from, to }];
}

function quality(
  all: Candidates,
  limits: PortfolioLimits,
  catalog: Catalog,
  fits: (changed: PortfolioLimits) => boolean,
): Relaxation[] {
  const wanted = limits.quality;
  if (wanted === undefined) return [];
  const scores = membersOf(all).flatMap((member) => scoreOf(member, wanted.metric, catalog) ?? []);
  const to = ascending(scores.filter((one) => one < wanted.floor))
    .toReversed()
    .find((floor) => fits({ ...limits, quality: { ...wanted, floor } }));
  return to === undefined ? [] : [{ limit: 'qualityFloor', from: wanted.floor, to: roundTo(to, 4) }];
}

function membersOf({ members }: Candidates) {
  return members.flatMap((own) => own.filter((member) => member !== null));
}

function ascending(values: readonly number[]): number[] {
  return [...new Set(values)].toSorted((a, b) => a - b);
}

/** To the cent above, so that the stated limit is enough. */
function roundedUp(usd: number): number {
  return Math.ceil(usd * 100 - 1e-6) / 100;
}
