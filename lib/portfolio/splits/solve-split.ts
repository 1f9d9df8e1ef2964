import type { LineContext } from '#lib/cash/line-context';
import type { Candidates } from '#lib/portfolio/candidates';
import { portfolioProblem, subsetsOf, type PortfolioProblem } from '#lib/portfolio/search/openings';
import type { MemberRequest } from '#lib/portfolio/planned-member';
import { solveWithin } from '#lib/portfolio/search/relaxations';
import { portfolioCosts, type PortfolioCosts } from '#lib/portfolio/search/set-costs';
import { splitFinder, type SplitFinder } from '#lib/portfolio/splits/splits';

/** Each round bases are sized beside another assignment; seldom more than two bring anything. */
const MOST_ROUNDS = 4;
/** Scenarios of which every group is tried. */
const ALL_GROUPS_OF = 4;
/** An option is tried for groups where all scenarios cost at most so many times what they do on the cheapest. */
const WORTH_TRYING = 2;
/** USD/month below which another round is not worth it: sums of the same money in another order differ by less. */
const SAVES_USD = 1e-4;

/** A problem with the splits that were found for it, and its cheapest assignment within all limits. */
export interface SolvedProblem {
  readonly problem: PortfolioProblem;
  readonly found: ReturnType<typeof solveWithin>;
}

/** Assigns scenarios, whole or split, then sizes bases beside what stands with them and assigns again while that saves. */
export function solveWithSplits(
  all: Candidates,
  request: MemberRequest,
  context: LineContext,
): SolvedProblem {
  const { catalog, environment } = request;
  const limits = environment.portfolio ?? {};
  const solved = (problem: PortfolioProblem): SolvedProblem => ({
    problem,
    found: solveWithin(problem, limits),
  });
  const finder = splitFinder(all, request, context);
  const alone = finder.alone();
  const costs = portfolioCosts(alone, context);
  const together = besideGroups(alone, finder, costs);
  let best = solved(
    together === alone
      ? portfolioProblem(alone, catalog, context, costs)
      : portfolioProblem(together, catalog, context),
  );
  for (let round = 0; round < MOST_ROUNDS && best.found !== null; round += 1) {
    const more = finder.beside(best.problem.all, best.found.solution.placed);
    if (more === null) break;
    const next = solved(portfolioProblem(more, catalog, context));
    const saves = best.found.solution.cost - (next.found?.solution.cost ?? Infinity);
    best = next;
    if (saves < SAVES_USD) break;
  }
  return best;
}

/**
 * Bases beside those who could stand on an option together: any of few scenarios, of more all of them. Of options that are
 * much dearer for all none is tried.
 */
function besideGroups(alone: Candidates, finder: SplitFinder, costs: PortfolioCosts): Candidates {
  const everybody = finder.carried.map((scenarios, option) => costs.ofItems(option, scenarios));
  const usd = everybody.flatMap(({ ways, monthlyUsd }) => (ways.length > 0 ? monthlyUsd : []));
  const most = WORTH_TRYING * Math.min(...usd);
  const all = alone.scenarios.map((_, scenario) => scenario);
  const groups = all.length <= ALL_GROUPS_OF ? subsetsOf(all).filter(({ length }) => length > 1) : [all];
  return groups.reduce((candidates, group) => {
    const standing = finder.carried.map((scenarios, option) => {
      const isDear = (everybody[option]?.monthlyUsd ?? Infinity) > most;
      const here = scenarios.filter((scenario) => group.includes(scenario));
      return isDear ? [] : costs.ofItems(option, here).ways;
    });
    return finder.beside(candidates, standing) ?? candidates;
  }, alone);
}
