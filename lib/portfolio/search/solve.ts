import {
  cheapestAssignment,
  isExact,
  type Assignment,
  type AssignmentProblem,
} from '#lib/portfolio/search/assignment';
import type { Candidates } from '#lib/portfolio/candidates';
import type { Together } from '#lib/portfolio/mixes/cheapest-mix';
import { hopefulCosts } from '#lib/portfolio/search/hopeful-costs';
import { leastTogether, type LeastLoad } from '#lib/portfolio/search/least-load';
import { goodAssignment } from '#lib/portfolio/search/local-search';
import type { Member } from '#lib/portfolio/member';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { leastOf, setBounds, type SetBounds } from '#lib/portfolio/search/set-bounds';
import type { PortfolioCosts } from '#lib/portfolio/search/set-costs';

/** The cheapest assignment of candidates, and how sure that is. */
export interface Solution extends Assignment {
  /** No assignment costs less, USD/month; equal to `cost` where the search was exact. */
  readonly lowerBound: number;
  /** By option, each member as it stands best together with the others there. */
  readonly placed: readonly (readonly Member[])[];
}

/** Least monthly cost; where `upfrontUsd` is given, with no more than that due at the start. */
export function solve(candidates: Candidates, costs: PortfolioCosts, upfrontUsd?: number): Solution | null {
  const bounded = boundedOf(candidates, costs);
  const free = freely(bounded);
  if (free === null || upfrontUsd === undefined) return free;
  const asked = free.placed.length === 0 ? Infinity : free.cappedCost;
  // The cheapest of all is the cheapest under a cap that it keeps to.
  if (asked <= upfrontUsd) return free;
  return underCap(bounded, upfrontUsd, free.lowerBound);
}

/** Least money at the start, with no more than a budget a month; beyond the exact search the least that was found. */
export function leastUpfront(
  candidates: Candidates,
  costs: PortfolioCosts,
  budgetUsdPerMonth: number,
): number | null {
  const bounded = boundedOf(candidates, costs);
  if (!bounded.isExact) {
    return localSearch(bounded, 'upfrontUsd', budgetUsdPerMonth)?.cost ?? null;
  }
  // Without a budget every set counts, and no other mix asks for more than that of their own ways.
  const priceOf =
    budgetUsdPerMonth === Infinity ? costs.ofOwnWays : pricesBelow(bounded, budgetUsdPerMonth).priceOf;
  const best = cheapestAssignment({
    ...frameOf(candidates),
    cost: (option, set) => priceOf(option, set).upfrontUsd,
    capped: { cost: (option, set) => priceOf(option, set).monthlyUsd, cap: budgetUsdPerMonth },
  });
  return best?.cost ?? null;
}

/** Scenarios, and after them the trainings: both are assigned to options. */
export function itemsOf({ scenarios, works }: Candidates): number {
  return scenarios.length + works.length;
}

/** Candidates with what every search of them asks. */
interface Bounded {
  readonly candidates: Candidates;
  readonly costs: PortfolioCosts;
  readonly isExact: boolean;
  /** The least of a scenario's ways on an option; `null` where it may not be. */
  readonly load: (option: number, scenario: number) => LeastLoad | null;
  /** Made when first asked for. */
  readonly bounds: () => SetBounds;
}

function boundedOf(candidates: Candidates, costs: PortfolioCosts): Bounded {
  const { options, scenarios, members } = candidates;
  const waysOf = (option: number, scenario: number): readonly Member[] => {
    const member = members[option]?.[scenario] ?? null;
    return member === null ? [] : [member, ...(member.elsewhere ?? [])];
  };
  const loads = options.map((_, option) =>
    scenarios.map((__, scenario) =>
      leastOf(waysOf(option, scenario).map((way) => costs.loadOf(option, way))),
    ),
  );
  const load = (option: number, scenario: number) => loads[option]?.[scenario] ?? null;
  const single = (option: number, scenario: number) => {
    const least = load(option, scenario);
    if (least === null) return Infinity;
    if (!costs.isMonotone(option)) return leastTogether([least]);
    return Math.min(...waysOf(option, scenario).map((way) => costs.ofWay(option, way).monthlyUsd));
  };
  let bounds: SetBounds | undefined;
  return {
    candidates,
    costs,
    isExact: isExact(itemsOf(candidates), options.length),
    load,
    bounds: () =>
      (bounds ??= setBounds({ scenarios: scenarios.length, options: options.length, load, single })),
  };
}

function freely(bounded: Bounded): Solution | null {
  const { candidates, costs } = bounded;
  const good = localSearch(bounded, 'monthlyUsd');
  if (!bounded.isExact || good === null) {
    return good === null ? null : placed(good, good.lowerBound, candidates, costs.ofItems);
  }
  const known = pricesBelow(bounded, good.cost);
  const problem: AssignmentProblem = {
    ...frameOf(candidates),
    cost: (option, set) => known.priceOf(option, set).monthlyUsd,
  };
  const best = cheapestAssignment(problem);
  if (best === null) return placed(good, Math.min(good.cost, good.lowerBound), candidates, costs.ofItems);
  const lowerBound = known.isProven()
    ? best.cost
    : (cheapestAssignment({ ...problem, cost: known.leastOf })?.cost ?? best.cost);
  return placed(best, Math.min(best.cost, lowerBound), candidates, known.togetherOf);
}

function underCap(bounded: Bounded, cap: number, freeUsd: number): Solution | null {
  const { candidates, costs } = bounded;
  const good = localSearch(bounded, 'monthlyUsd', cap);
  if (!bounded.isExact) {
    return good === null ? null : placed(good, Math.max(freeUsd, good.lowerBound), candidates, costs.ofItems);
  }
  const known = good === null ? null : pricesBelow(bounded, good.cost);
  const priceOf = known?.priceOf ?? costs.ofOwnWays;
  const best = cheapestAssignment({
    ...frameOf(candidates),
    cost: (option, set) => priceOf(option, set).monthlyUsd,
    capped: { cost: (option, set) => priceOf(option, set).upfrontUsd, cap },
  });
  if (best === null) return null;
  const lowerBound = known?.isProven() === true ? best.cost : freeUsd;
  return placed(best, lowerBound, candidates, known?.togetherOf ?? costs.ofItems);
}

/** Nothing is known of a set that no cheapest assignment has. */
const LEFT_OUT: OptionCost = { monthlyUsd: Infinity, upfrontUsd: Infinity };

/** Sets as far as an assignment that costs no more than a known one may have them. */
function pricesBelow({ candidates, costs, bounds }: Bounded, knownUsd: number) {
  const { scenarios, options, members } = candidates;
  const found = options.map(() => new Map<number, Together>());
  const unproven = options.map(() => new Set<number>());
  const hopeful = hopefulCosts({
    scenarios: scenarios.length,
    options: options.length,
    cost: (option, set, below) => {
      const { best, isProven } = costs.ofSet(option, set, below);
      if (!isProven) unproven[option]?.add(set);
      if (best === null || best.monthlyUsd >= below) return Infinity;
      found[option]?.set(set, best);
      return best.monthlyUsd;
    },
    own: (option, scenario) => {
      const member = members[option]?.[scenario] ?? null;
      if (member === null) return 0;
      const ways = [member, ...(member.elsewhere ?? [])];
      return Math.min(...ways.map((way) => costs.loadOf(option, way).ownUsd));
    },
    // Where money at the start is short, dearer mixes are left out, and what is left of a part bounds nothing.
    isMonotone: (option) => candidates.keepsUpfront !== true && costs.isMonotone(option),
    bounds: bounds(),
    known: knownUsd,
  });
  const served = 2 ** scenarios.length - 1;
  const priceOf = (option: number, set: number): OptionCost => {
    hopeful(option, set);
    return found[option]?.get(set) ?? LEFT_OUT;
  };
  return {
    priceOf,
    leastOf: (option: number, set: number) =>
      unproven[option]?.has(set) === true
        ? bounds().ofSet(option, set & served)
        : priceOf(option, set).monthlyUsd,
    isProven: () => unproven.every((sets) => sets.size === 0),
    togetherOf: (option: number, items: readonly number[]): Together => {
      const set = items.reduce((all, item) => all | (1 << item), 0);
      return found[option]?.get(set) ?? costs.ofItems(option, items);
    },
  };
}

function placed(
  { optionOf, cost }: Assignment,
  lowerBound: number,
  { options }: Candidates,
  togetherOf: (option: number, items: readonly number[]) => Together,
): Solution {
  const together = options.map((_, option) =>
    togetherOf(
      option,
      optionOf.flatMap((own, item) => (own === option ? [item] : [])),
    ),
  );
  return {
    optionOf,
    cost,
    cappedCost: together.reduce((sum, { upfrontUsd }) => sum + upfrontUsd, 0),
    lowerBound,
    placed: together.map(({ ways }) => ways),
  };
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

/** A good assignment; `null` where none was found, which proves nothing. */
function localSearch(
  { candidates, costs, load, isExact: isOnlyStart }: Bounded,
  least: 'monthlyUsd' | 'upfrontUsd',
  cap?: number,
) {
  const { scenarios, options } = candidates;
  const parts = scenarios.flatMap((_, scenario) =>
    options.flatMap((__, option) => load(option, scenario) ?? []),
  );
  const nothing: LeastLoad = { ownUsd: 0, nodesUsd: new Float64Array(parts[0]?.nodesUsd.length ?? 0) };
  const money = (kind: keyof OptionCost) => (option: number, chosen: readonly number[]) =>
    costs.ofItems(option, chosen)[kind];
  return goodAssignment({
    scenarios: itemsOf(candidates),
    options: options.length,
    allowed: (option, item) => isAllowed(candidates, option, item),
    cost: money(least),
    isThorough: !isOnlyStart,
    ...(cap === undefined ? {} : { capped: { cost: money(OTHER[least]), cap } }),
    least: (option, item) => (least === 'upfrontUsd' ? null : load(option, item)) ?? nothing,
  });
}

const OTHER = { monthlyUsd: 'upfrontUsd', upfrontUsd: 'monthlyUsd' } as const;
