import type { LineContext } from '#lib/cost/line-context';
import {
  cheapestAssignment,
  isExact,
  type Assignment,
  type AssignmentProblem,
} from '#lib/portfolio/assignment';
import type { Candidates } from '#lib/portfolio/candidates';
import { goodAssignment } from '#lib/portfolio/local-search';
import type { Member } from '#lib/portfolio/member';
import { leastCost, optionCosts, type OptionCost } from '#lib/portfolio/option-cost';

/** The cheapest assignment of candidates, and how sure that is. */
export interface Solution extends Assignment {
  /** Equal to `cost` where the search was exact. */
  readonly lowerBound: number;
}

const NO_MONEY: OptionCost = { monthlyUsd: 0, upfrontUsd: 0 };

/** Money of an option for a set of scenarios, remembered: several searches ask for the same ones. */
export type SetCosts = (option: number, set: number) => OptionCost;

export function setCosts({ options, members }: Candidates, context: LineContext): SetCosts {
  const costs = options.map((option) => optionCosts(option, context));
  const known = options.map(() => new Map<number, OptionCost>());
  return (option, set) => {
    const found = known[option]?.get(set);
    if (found !== undefined) return found;
    const cost = costs[option]?.(membersOf(members[option] ?? [], set)) ?? NO_MONEY;
    known[option]?.set(set, cost);
    return cost;
  };
}

export function membersOf(members: readonly (Member | null)[], set: number): Member[] {
  return members.flatMap((member, scenario) =>
    (set & (1 << scenario)) !== 0 && member !== null ? [member] : [],
  );
}

/** Least monthly cost; where `upfrontUsd` is given, with no more than that due at the start. */
export function solve(
  candidates: Candidates,
  costs: SetCosts,
  context: LineContext,
  upfrontUsd?: number,
): Solution | null {
  const { scenarios, options } = candidates;
  if (!isExact(scenarios.length, options.length)) {
    return beyondExact(candidates, context, 'monthlyUsd', upfrontUsd);
  }
  const free: AssignmentProblem = {
    ...frameOf(candidates),
    cost: (option, set) => costs(option, set).monthlyUsd,
  };
  const cheapest = cheapestAssignment(free);
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
  costs: SetCosts,
  context: LineContext,
  budgetUsdPerMonth: number,
): number | null {
  if (!isExact(candidates.scenarios.length, candidates.options.length)) {
    return beyondExact(candidates, context, 'upfrontUsd', budgetUsdPerMonth)?.cost ?? null;
  }
  const best = cheapestAssignment({
    ...frameOf(candidates),
    cost: (option, set) => costs(option, set).upfrontUsd,
    capped: { cost: (option, set) => costs(option, set).monthlyUsd, cap: budgetUsdPerMonth },
  });
  return best?.cost ?? null;
}

function frameOf({ scenarios, options, members }: Candidates) {
  return {
    scenarios: scenarios.length,
    options: options.length,
    allowed: members.map((own) =>
      own.reduce((set, member, at) => (member === null ? set : set | (1 << at)), 0),
    ),
  };
}

/** A good assignment; `null` where none was found, which proves nothing. */
function beyondExact(
  candidates: Candidates,
  context: LineContext,
  least: 'monthlyUsd' | 'upfrontUsd',
  cap: number | undefined,
): Solution | null {
  const { scenarios, options, members } = candidates;
  const costs = options.map((option) => optionCosts(option, context));
  const money = (kind: keyof OptionCost) => (option: number, chosen: readonly number[]) =>
    costs[option]?.(chosen.flatMap((scenario) => members[option]?.[scenario] ?? []))[kind] ?? 0;
  return goodAssignment({
    scenarios: scenarios.length,
    options: options.length,
    allowed: (option, scenario) => (members[option]?.[scenario] ?? null) !== null,
    cost: money(least),
    ...(cap === undefined ? {} : { capped: { cost: money(OTHER[least]), cap } }),
    least: (option, scenario) => {
      const [site, member] = [options[option], members[option]?.[scenario] ?? null];
      if (site === undefined || member === null) return Infinity;
      return least === 'monthlyUsd' ? leastCost(site, member, context) : 0;
    },
  });
}

const OTHER = { monthlyUsd: 'upfrontUsd', upfrontUsd: 'monthlyUsd' } as const;
