import { withinLimits, type Candidates } from '#lib/portfolio/candidates';
import { scoreOf } from '#lib/portfolio/score';
import { LIMITS, type LimitId, type Relaxation } from '#lib/portfolio/portfolio';
import { isPaidAnyway, type PortfolioProblem } from '#lib/portfolio/search/openings';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { leastUpfront, solve, type Solution } from '#lib/portfolio/search/solve';
import type { PortfolioLimits } from '#lib/spec/schema/portfolio';

/** The cheapest portfolio within all limits; `null` where there is none. */
export function solveWithin(
  { all: everything, costs: atLeast, openings, catalog }: PortfolioProblem,
  limits: PortfolioLimits,
): { readonly solution: Solution; readonly candidates: Candidates } | null {
  const { upfrontUsd, budgetUsdPerMonth = Infinity } = limits;
  const candidates = withinLimits(everything, limits, catalog);
  const least = solve(candidates, atLeast, upfrontUsd);
  if (least === null || least.cost > budgetUsdPerMonth) return null;
  if (isPaidAnyway(candidates, least.placed)) return { solution: least, candidates };
  const found = openings().flatMap(({ all, costs, paid }) => {
    const candidates = withinLimits(all, limits, catalog);
    const cap = upfrontUsd === undefined ? undefined : upfrontUsd - paid.upfrontUsd;
    const solution = solve(candidates, costs, cap);
    return solution === null ? [] : [{ solution: withPaid(solution, paid), candidates }];
  });
  const [first, ...others] = found;
  if (first === undefined) return null;
  const best = others.reduce((a, b) => (b.solution.cost < a.solution.cost ? b : a), first);
  if (best.solution.cost > budgetUsdPerMonth) return null;
  const lowerBound = Math.min(...found.map(({ solution }) => solution.lowerBound));
  return { ...best, solution: { ...best.solution, lowerBound } };
}

function withPaid(solution: Solution, { monthlyUsd, upfrontUsd }: OptionCost): Solution {
  return {
    ...solution,
    cost: solution.cost + monthlyUsd,
    cappedCost: solution.cappedCost + upfrontUsd,
    lowerBound: solution.lowerBound + monthlyUsd,
  };
}

/** For each limit the smallest change that makes a portfolio possible while the others stand; none where none helps. */
export function relaxations(problem: PortfolioProblem, limits: PortfolioLimits): Relaxation[] {
  return statedIn(limits).flatMap((limit) => RULES[limit].nearest(problem, limits) ?? []);
}

/**
 * Where no single change helps: the fewest limits that must change together. Of each such set one answer for every limit
 * in it, which changes as little as it can, then the next as little as it can after that: the ends of what can be traded.
 */
export function relaxedTogether(problem: PortfolioProblem, limits: PortfolioLimits): Relaxation[][] {
  const stated = statedIn(limits);
  for (let size = 2; size <= stated.length; size += 1) {
    const found = new Map<string, Relaxation[]>();
    for (const set of subsetsOf(stated, size)) {
      for (const first of set) {
        const order = [first, ...set.filter((limit) => limit !== first)];
        const changed = oneAfterTheOther(problem, limits, order);
        if (changed === null) continue;
        const asStated = set.flatMap((limit) => changed.find((one) => one.limit === limit) ?? []);
        found.set(asStated.map(({ limit, to }) => `${limit} ${to}`).join(), asStated);
      }
    }
    if (found.size > 0) return [...found.values()];
  }
  return [];
}

function oneAfterTheOther(
  problem: PortfolioProblem,
  limits: PortfolioLimits,
  order: readonly LimitId[],
): Relaxation[] | null {
  const changed: Relaxation[] = [];
  let kept = limits;
  for (const [index, limit] of order.entries()) {
    const withoutLater = order.slice(index + 1).reduce((rest, later) => RULES[later].without(rest), kept);
    const nearest = RULES[limit].nearest(problem, withoutLater);
    if (nearest === null) return null;
    changed.push(nearest);
    kept = RULES[limit].at(kept, nearest.to);
  }
  return changed;
}

/** How one limit is changed. */
interface LimitRule {
  readonly isStated: (limits: PortfolioLimits) => boolean;
  readonly without: (limits: PortfolioLimits) => PortfolioLimits;
  readonly at: (limits: PortfolioLimits, to: number) => PortfolioLimits;
  /** The smallest change with which a portfolio exists; `null` where no change of it helps. */
  readonly nearest: (problem: PortfolioProblem, limits: PortfolioLimits) => Relaxation | null;
}

const RULES: Readonly<Record<LimitId, LimitRule>> = {
  budgetUsdPerMonth: {
    isStated: ({ budgetUsdPerMonth }) => budgetUsdPerMonth !== undefined,
    without: (limits) => ({ ...limits, budgetUsdPerMonth: undefined }),
    at: (limits, budgetUsdPerMonth) => ({ ...limits, budgetUsdPerMonth }),
    nearest: (problem, { budgetUsdPerMonth: from = Infinity, ...rest }) => {
      const found = solveWithin(problem, rest);
      return found === null ? null : { limit: 'budgetUsdPerMonth', from, to: roundedUp(found.solution.cost) };
    },
  },
  upfrontUsd: {
    isStated: ({ upfrontUsd }) => upfrontUsd !== undefined,
    without: (limits) => ({ ...limits, upfrontUsd: undefined }),
    at: (limits, upfrontUsd) => ({ ...limits, upfrontUsd }),
    nearest: ({ openings, catalog }, { upfrontUsd: from = Infinity, ...rest }) => {
      const least = openings().flatMap(({ all, costs, paid }) => {
        const budget = (rest.budgetUsdPerMonth ?? Infinity) - paid.monthlyUsd;
        const usd = leastUpfront(withinLimits(all, rest, catalog), costs, budget);
        return usd === null ? [] : [usd + paid.upfrontUsd];
      });
      return least.length === 0 ? null : { limit: 'upfrontUsd', from, to: roundedUp(Math.min(...least)) };
    },
  },
  leadTimeDays: {
    isStated: ({ leadTimeDays }) => leadTimeDays !== undefined,
    without: (limits) => ({ ...limits, leadTimeDays: undefined }),
    at: (limits, leadTimeDays) => ({ ...limits, leadTimeDays }),
    nearest: (problem, limits) => {
      const from = limits.leadTimeDays ?? Infinity;
      const days = membersOf(problem.all).map(({ plan }) => plan.leadTimeDays.base);
      const to = ascending(days.filter((one) => one > from)).find(
        (leadTimeDays) => solveWithin(problem, { ...limits, leadTimeDays }) !== null,
      );
      return to === undefined ? null : { limit: 'leadTimeDays', from, to };
    },
  },
  qualityFloor: {
    isStated: ({ quality }) => quality !== undefined,
    without: (limits) => ({ ...limits, quality: undefined }),
    at: withFloor,
    nearest: (problem, limits) => {
      const { metric, floor: from } = limits.quality ?? { metric: '', floor: 0 };
      const scores = membersOf(problem.all).flatMap(
        (member) => scoreOf(member, metric, problem.catalog) ?? [],
      );
      const to = ascending(scores.filter((one) => one < from).map(roundedDown))
        .toReversed()
        .find((floor) => solveWithin(problem, withFloor(limits, floor)) !== null);
      return to === undefined ? null : { limit: 'qualityFloor', from, to };
    },
  },
};

function withFloor({ quality, ...rest }: PortfolioLimits, floor: number): PortfolioLimits {
  return quality === undefined ? rest : { ...rest, quality: { ...quality, floor } };
}

function statedIn(limits: PortfolioLimits): LimitId[] {
  return LIMITS.filter((limit) => RULES[limit].isStated(limits));
}

function subsetsOf<T>(all: readonly T[], size: number): T[][] {
  if (size === 0) return [[]];
  return all.flatMap((first, index) =>
    subsetsOf(all.slice(index + 1), size - 1).map((others) => [first, ...others]),
  );
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

/** To the fourth decimal below, so that the stated floor is met. */
function roundedDown(score: number): number {
  return Math.floor(score * 1e4 + 1e-6) / 1e4;
}
