import { keepsTo } from '#lib/portfolio/keeps-to';
import { leastSum } from '#lib/portfolio/least-sum';
import { billOf, type Member } from '#lib/portfolio/member';
import type { OptionCost } from '#lib/portfolio/priced-fleet';
import { placeOf } from '#lib/portfolio/place-of';
import type { LineContext } from '#lib/cash/line-context';
import { ownCosts, type OptionSite } from '#lib/portfolio/option-cost';
import type { MemberRequest, PlannedMember } from '#lib/portfolio/planned-member';
import { splitTraffic } from '#lib/portfolio/split-traffic';
import type { Option } from '#lib/spec/option';

/** As in the sizing: a need that is whole but for rounding takes no replica more. */
const ROUNDING = 1e-9;

export interface SplitRequest extends MemberRequest {
  readonly planned: PlannedMember;
  /** The environment's options, in its order. */
  readonly sites: readonly OptionSite[];
  readonly context: LineContext;
}

/**
 * Gives members the ways in which their option serves a base and another option what exceeds it: for each pair of options
 * the base of as many replicas as make the cheapest bill, where that, without what the other option may be paid for
 * anyway, is below the scenario's bill on every single option.
 */
export function withSplits(
  { environment, catalog, planned, sites, context }: SplitRequest,
  members: readonly (readonly (Member | null)[])[],
): readonly (readonly (Member | null)[])[] {
  const limits = environment.portfolio ?? {};
  const options = Object.entries(environment.options);
  const scenarios = Object.keys(environment.scenarios);
  const usable = members.map((own) =>
    own.map((member) =>
      member !== null && !member.estimate.atLeast && keepsTo(member, limits, catalog) ? member : null,
    ),
  );
  const cheapestAlone = scenarios.map((_, at) =>
    Math.min(...usable.map((own) => own[at]).flatMap((member) => (member ? billOf(member).monthlyUsd : []))),
  );
  return members.map((own, index) =>
    own.map((member, at) => {
      const [optionId, option] = options[index] ?? [];
      const base = usable[index]?.[at] ?? null;
      if (member === null || base === null || optionId === undefined || option === undefined) return member;
      const cuts = baseOf(base, option, planned);
      if (cuts === null) return member;
      const splits = options.flatMap(([, other], otherIndex): Member[] => {
        const rest = usable[otherIndex]?.[at] ?? null;
        if (rest === null || otherIndex === index || !takesOverflow(rest, base)) return [];
        const site = sites[otherIndex];
        if (site === undefined) return [];
        const way = { rest, option: other, planned, ownOf: ownCosts(site, context) };
        const found = cheapestSplit(cuts, way, cheapestAlone[at] ?? 0);
        return found === null ? [] : [found];
      });
      return splits.length === 0
        ? member
        : { ...member, elsewhere: [...(member.elsewhere ?? []), ...splits] };
    }),
  );
}

/** A scenario's base on one option, by replicas that its load takes. */
interface BaseCuts {
  readonly whole: Member;
  /** Cuts that leave something above. */
  readonly last: number;
  readonly shareOfPeak: (replicas: number) => number;
  /** `null` where the base cannot be, or lacks a price. */
  readonly baseAt: (replicas: number) => Member | null;
}

/** The base stands as all of it would: on the same nodes, with the same model, format and layout. */
function baseOf(whole: Member, option: Option, planned: PlannedMember): BaseCuts | null {
  const { scenarioId, scenario, plan } = whole;
  const place = placeOf(whole);
  if (place === null || plan.serving === null || scenario.retrieval !== undefined) return null;
  const { offering, model, tensorParallel } = place;
  const { precision } = plan.serving;
  const most = Math.max(...whole.needs);
  const shareOfPeak = (replicas: number) => replicas / most;
  const known = new Map<number, Member | null>();
  const serving = { ...option.serving, model, tensorParallel, precision };
  const baseAt = (replicas: number) => {
    const found = planned({
      scenarioId,
      scenario: splitTraffic(scenario, shareOfPeak(replicas)).base,
      optionId: plan.option,
      option: { ...option, serving },
      standsOn: [offering],
    });
    return found === null || found.estimate.atLeast ? null : found;
  };
  return {
    whole,
    last: Math.ceil(most - ROUNDING) - 1,
    shareOfPeak,
    baseAt: (replicas) => {
      const found = known.get(replicas);
      if (found !== undefined) return found;
      const base = baseAt(replicas);
      known.set(replicas, base);
      return base;
    },
  };
}

/**
 * Whether an option may take what exceeds a base: ready when the base is, whose bill has the wait; paid by what it serves,
 * since a fleet that always stands belongs into the base; and with the scenario's own weights where it has some.
 */
function takesOverflow({ plan, scenario }: Member, base: Member): boolean {
  const isManaged = plan.serving === null;
  return (
    plan.leadTimeDays.base <= base.plan.leadTimeDays.base &&
    (isManaged ? scenario.route === 'direct' : plan.scaling !== undefined)
  );
}

interface OverflowWay {
  /** All of the scenario there. */
  readonly rest: Member;
  readonly option: Option;
  readonly planned: PlannedMember;
  /** What an overflow shares with nobody there. */
  readonly ownOf: (member: Member) => OptionCost;
}

function cheapestSplit(cuts: BaseCuts, way: OverflowWay, lessThan: number): Member | null {
  const { whole, last, shareOfPeak, baseAt } = cuts;
  const rests = new Map<number, Member | null>();
  const restAt = (replicas: number) => {
    const found = rests.get(replicas);
    if (found !== undefined) return found;
    const rest = cheapestRest(whole, way, shareOfPeak(replicas));
    rests.set(replicas, rest);
    return rest;
  };
  const isManaged = way.rest.plan.serving === null;
  const restCost = isManaged ? way.ownOf : billOf;
  const usd = (member: Member | null, costOf: (member: Member) => OptionCost) =>
    member === null ? Infinity : costOf(member).monthlyUsd;
  const best = leastSum({
    last,
    below: (replicas) => usd(baseAt(replicas), billOf),
    above: (replicas) => usd(restAt(replicas), restCost),
    lessThan,
  });
  if (best === null) return null;
  const [base, rest] = [baseAt(best.cut), restAt(best.cut)];
  if (base === null || rest === null) return null;
  const { baseShare } = splitTraffic(whole.scenario, shareOfPeak(best.cut));
  const paidOnce = isManaged ? difference(billOf(rest), way.ownOf(rest)) : null;
  return { ...base, own: whole, overflow: { member: rest, paidOnce, baseShare } };
}

function difference(a: OptionCost, b: OptionCost): OptionCost {
  return { monthlyUsd: a.monthlyUsd - b.monthlyUsd, upfrontUsd: a.upfrontUsd - b.upfrontUsd };
}

/** Served by the base's model, or by the one that the option would take where the scenario's quality floor accepts both. */
function cheapestRest(
  base: Member,
  { rest, option, planned }: OverflowWay,
  shareOfPeak: number,
): Member | null {
  const { scenario, scenarioId, plan } = base;
  const isJudged = scenario.quality !== undefined && rest.plan.quality !== null;
  const models = new Set([plan.model.id, ...(isJudged ? [rest.plan.model.id] : [])]);
  const { rest: traffic } = splitTraffic(scenario, shareOfPeak);
  const pinned = option.serving.model;
  return [...models]
    .filter((model) => pinned === undefined || pinned === model)
    .flatMap((model): Member[] => {
      const found = planned(
        {
          scenarioId,
          scenario: traffic,
          optionId: rest.plan.option,
          option: { ...option, serving: { ...option.serving, model } },
        },
        true,
      );
      return found === null || found.estimate.atLeast ? [] : [found];
    })
    .reduce<Member | null>(
      (least, one) => (least === null || billOf(one).monthlyUsd < billOf(least).monthlyUsd ? one : least),
      null,
    );
}
