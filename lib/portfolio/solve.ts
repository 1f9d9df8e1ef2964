import type { LineContext } from '#lib/cash/line-context';
import {
  cheapestAssignment,
  isExact,
  type Assignment,
  type AssignmentProblem,
} from '#lib/portfolio/assignment';
import type { Candidates } from '#lib/portfolio/candidates';
import { goodAssignment } from '#lib/portfolio/local-search';
import { leastCosts, ownCosts } from '#lib/portfolio/option-cost';
import { hopefulCosts } from '#lib/portfolio/hopeful-costs';
import type { Member } from '#lib/portfolio/member';
import { isMonotone } from '#lib/portfolio/monotone';
import type { OptionCost } from '#lib/portfolio/priced-fleet';
import type { ListCosts, PortfolioCosts, SetCosts } from '#lib/portfolio/set-costs';

/** The cheapest assignment of candidates, and how sure that is. */
export interface Solution extends Assignment {
  /** Equal to `cost` where the search was exact. */
  readonly lowerBound: number;
}

/** Least monthly cost; where `upfrontUsd` is given, with no more than that due at the start. */
export function solve(
  candidates: Candidates,
  { ofSet: costs, ofItems }: PortfolioCosts,
  context: LineContext,
  upfrontUsd?: number,
): Solution | null {
  const listed = listedOf(candidates, ofItems, context);
  if (!isExact(itemsOf(candidates), candidates.options.length)) {
    return beyondExact(listed, 'monthlyUsd', upfrontUsd);
  }
  const free: AssignmentProblem = {
    ...frameOf(candidates),
    cost: (option, set) => costs(option, set).monthlyUsd,
  };
  const cheapest = cheapestAssignment(whereHopeful(free, listed, context));
  if (cheapest === null) return null;
  // The cheapest of all is the cheapest under a cap that it keeps to.
  const isCapped = upfrontUsd !== undefined && upfrontOf(cheapest, costs) > upfrontUsd;
  const best = isCapped
    ? cheapestAssignment({
        ...free,
        capped: { cost: (option, set) => costs(option, set).upfrontUsd, cap: upfrontUsd },
      })
    : cheapest;
  return best === null ? null : { ...best, lowerBound: best.cost };
}

function upfrontOf({ optionOf }: Assignment, costs: SetCosts): number {
  const sets = new Map<number, number>();
  for (const [scenario, option] of optionOf.entries()) {
    sets.set(option, (sets.get(option) ?? 0) | (1 << scenario));
  }
  return [...sets].reduce((sum, [option, set]) => sum + costs(option, set).upfrontUsd, 0);
}

/** Least money at the start, with no more than a budget a month; beyond the exact search the least that was found. */
export function leastUpfront(
  candidates: Candidates,
  { ofSet: costs, ofItems }: PortfolioCosts,
  context: LineContext,
  budgetUsdPerMonth: number,
): number | null {
  if (!isExact(itemsOf(candidates), candidates.options.length)) {
    return beyondExact(listedOf(candidates, ofItems, context), 'upfrontUsd', budgetUsdPerMonth)?.cost ?? null;
  }
  const best = cheapestAssignment({
    ...frameOf(candidates),
    cost: (option, set) => costs(option, set).upfrontUsd,
    capped: { cost: (option, set) => costs(option, set).monthlyUsd, cap: budgetUsdPerMonth },
  });
  return best?.cost ?? null;
}

/** Scenarios, and after them the trainings: both are assigned to options. */
export function itemsOf({ scenarios, works }: Candidates): number {
  return scenarios.length + works.length;
}

function frameOf(candidates: Candidates) {
  const { options } = candidates;
  const items = Array.from({ length: itemsOf(candidates) }, (_, item) => item);
  return {
    scenarios: items.length,
    options: options.length,
    allowed: options.map((_, option) =>
      items.reduce((set, item) => (isAllowed(candidates, option, item) ? set | (1 << item) : set), 0),
    ),
  };
}

/** A training goes to a cluster, or to the first option where there is none: bought by the hour it costs the same anywhere. */
function isAllowed({ scenarios, options, members }: Candidates, option: number, item: number): boolean {
  if (item < scenarios.length) return (members[option]?.[item] ?? null) !== null;
  const isCluster = options[option]?.site.kubernetesVersion !== null;
  return isCluster || (option === 0 && options.every(({ site }) => site.kubernetesVersion === null));
}

interface Listed {
  readonly candidates: Candidates;
  readonly costs: ListCosts;
  /** What a scenario costs on an option at the very least, USD/month; infinite where it may not be. */
  readonly least: (option: number, scenario: number) => number;
}

function listedOf(candidates: Candidates, costs: ListCosts, context: LineContext): Listed {
  const leasts = candidates.options.map((site) => leastCosts(site, context));
  return {
    candidates,
    costs,
    least: leastOfWays(candidates, (option, way) => leasts[option]?.(way) ?? Infinity),
  };
}

/** The same problem, with sets priced only where they may be part of the cheapest assignment. */
function whereHopeful(problem: AssignmentProblem, listed: Listed, context: LineContext): AssignmentProblem {
  const { candidates, least } = listed;
  // A scenario may bring free hours that take more of a training than it costs itself, or money at the start that lets
  // others stand on other nodes: then no part bounds the whole.
  const isBounded = candidates.works.length === 0 && candidates.keepsUpfront !== true;
  const known = isBounded ? beyondExact(listed, 'monthlyUsd', undefined) : null;
  if (known === null) return problem;
  const owns = candidates.options.map((site) => ownCosts(site, context));
  const own = leastOfWays(candidates, (option, way) => owns[option]?.(way).monthlyUsd ?? 0);
  const monotone = candidates.options.map((site, index) => isMonotone(site, candidates.members[index] ?? []));
  const bounds = { own, least, isMonotone: (option: number) => monotone[option] === true };
  return { ...problem, cost: hopefulCosts({ ...problem, ...bounds, known: known.cost }) };
}

/** The least of a scenario's ways to stand on an option; infinite where it may not be. */
function leastOfWays(
  { members }: Candidates,
  usdOf: (option: number, way: Member) => number,
): (option: number, scenario: number) => number {
  return (option, scenario) => {
    const member = members[option]?.[scenario] ?? null;
    if (member === null) return Infinity;
    return Math.min(...[member, ...(member.elsewhere ?? [])].map((way) => usdOf(option, way)));
  };
}

/** A good assignment; `null` where none was found, which proves nothing. */
function beyondExact(
  { candidates, costs, least: leastOf }: Listed,
  least: 'monthlyUsd' | 'upfrontUsd',
  cap: number | undefined,
): Solution | null {
  const { scenarios, options } = candidates;
  const money = (kind: keyof OptionCost) => (option: number, chosen: readonly number[]) =>
    costs(option, chosen)[kind];
  return goodAssignment({
    scenarios: itemsOf(candidates),
    options: options.length,
    allowed: (option, item) => isAllowed(candidates, option, item),
    cost: money(least),
    ...(cap === undefined ? {} : { capped: { cost: money(OTHER[least]), cap } }),
    least: (option, item) => (least === 'upfrontUsd' || item >= scenarios.length ? 0 : leastOf(option, item)),
  });
}

const OTHER = { monthlyUsd: 'upfrontUsd', upfrontUsd: 'monthlyUsd' } as const;
