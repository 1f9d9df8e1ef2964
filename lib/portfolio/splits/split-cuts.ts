import { ownCosts, type OptionSite } from '#lib/portfolio/fleets/option-cost';
import type { LineContext } from '#lib/cash/line-context';
import { leastSum } from '#lib/portfolio/splits/least-sum';
import { billOf, fleetKey, type Member } from '#lib/portfolio/member';
import { placeOf } from '#lib/portfolio/mixes/place-of';
import type { PlannedMember } from '#lib/portfolio/planned-member';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { splitTraffic } from '#lib/portfolio/splits/split-traffic';
import type { Option } from '#lib/spec/schema/option';

/** As in the sizing: a need that is whole but for rounding takes no replica more. */
const ROUNDING = 1e-9;

export interface CutsRequest {
  readonly options: Readonly<Record<string, Option>>;
  /** The same options, in their order. */
  readonly sites: readonly OptionSite[];
  readonly planned: PlannedMember;
  readonly context: LineContext;
}

/** What a base and its overflow are weighed by, USD/month. */
export interface CutWeights {
  readonly baseUsd: (base: Member) => number;
  /** Only a sum that is less counts. */
  readonly lessThan: number;
}

/** The cheapest way to split a scenario that stands as `whole` so that `rest`'s option takes what exceeds its base. */
export type CheapestCut = (whole: Member, rest: Member, weights: CutWeights) => Member | null;

/** Parts are planned and billed once, however often they are weighed. */
export function cheapestCuts({ options, sites, planned, context }: CutsRequest): CheapestCut {
  const parts = new Map<string, Member | null>();
  const once = (key: string, make: () => Member | null) => {
    const found = parts.get(key);
    if (found !== undefined) return found;
    const made = make();
    parts.set(key, made);
    return made;
  };
  const owns = new Map(sites.map((site) => [site.optionId, ownCosts(site, context)]));
  return (whole, rest, { baseUsd, lessThan }) => {
    const base = options[whole.plan.option];
    const other = options[rest.plan.option];
    const ownOf = owns.get(rest.plan.option);
    if (base === undefined || other === undefined || ownOf === undefined || !takesOverflow(rest, whole)) {
      return null;
    }
    const most = Math.max(...whole.needs);
    const key = `${whole.scenarioId} ${whole.plan.option} ${fleetKey(whole)}`;
    const cutAt = (replicas: number) => splitTraffic(whole.scenario, replicas / most);
    const baseAt = (replicas: number) =>
      once(`${key} ${replicas}`, () => baseOf(whole, cutAt(replicas).base, base, planned));
    const restAt = (replicas: number) =>
      once(`${key} ${replicas} ${rest.plan.option}`, () =>
        restOf(whole, cutAt(replicas).rest, { rest, option: other, planned }),
      );
    const isManaged = rest.plan.serving === null;
    const restUsd = (member: Member) => (isManaged ? ownOf(member) : billOf(member)).monthlyUsd;
    const best = leastSum({
      last: Math.ceil(most - ROUNDING) - 1,
      below: (replicas) => usdOf(baseAt(replicas), baseUsd),
      above: (replicas) => usdOf(restAt(replicas), restUsd),
      lessThan,
    });
    if (best === null) return null;
    const [below, above] = [baseAt(best.cut), restAt(best.cut)];
    if (below === null || above === null) return null;
    const paidOnce = isManaged ? difference(billOf(above), ownOf(above)) : null;
    const { baseShare } = cutAt(best.cut);
    return { ...below, own: whole.own ?? whole, overflow: { whole, member: above, paidOnce, baseShare } };
  };
}

function usdOf(member: Member | null, costOf: (member: Member) => number): number {
  return member === null ? Infinity : costOf(member);
}

function difference(a: OptionCost, b: OptionCost): OptionCost {
  return { monthlyUsd: a.monthlyUsd - b.monthlyUsd, upfrontUsd: a.upfrontUsd - b.upfrontUsd };
}

/** A scenario stands on replicas of its own kind and asks no store that both parts would have to share. */
export function maySplit(whole: Member): boolean {
  return placeOf(whole) !== null && whole.overflow === undefined && whole.scenario.retrieval === undefined;
}

/** Only what is paid by what it serves takes an overflow: a fleet that always stands belongs into the base. */
export function isPaidByUse({ plan, scenario }: Member): boolean {
  const isManaged = plan.serving === null;
  // Nobody sells the weights that a scenario has tuned.
  return isManaged ? scenario.route === 'direct' : plan.scaling !== undefined;
}

/** Ready when the base is, whose bill has the wait. */
function takesOverflow({ plan }: Member, base: Member): boolean {
  return plan.option !== base.plan.option && plan.leadTimeDays.base <= base.plan.leadTimeDays.base;
}

/** The base stands as all of it would: on the same nodes, with the same model, format and layout. */
function baseOf(
  whole: Member,
  scenario: Member['scenario'],
  option: Option,
  planned: PlannedMember,
): Member | null {
  const { scenarioId, plan } = whole;
  const place = placeOf(whole);
  if (place === null || plan.serving === null) return null;
  const { offering, model, tensorParallel } = place;
  const serving = { ...option.serving, model, tensorParallel, precision: plan.serving.precision };
  return withWholeBill(
    planned({
      scenarioId,
      scenario,
      optionId: plan.option,
      option: { ...option, serving },
      standsOn: [offering],
    }),
  );
}

interface OverflowWay {
  /** All of the scenario there. */
  readonly rest: Member;
  readonly option: Option;
  readonly planned: PlannedMember;
}

/** Served by the base's model, or by the one that the option would take where the scenario's quality floor accepts both. */
function restOf(
  { scenarioId, plan, scenario: { quality } }: Member,
  scenario: Member['scenario'],
  { rest, option, planned }: OverflowWay,
): Member | null {
  const isJudged = quality !== undefined && rest.plan.quality !== null;
  const pinned = option.serving.model;
  const models = [...new Set([plan.model.id, ...(isJudged ? [rest.plan.model.id] : [])])].filter(
    (model) => pinned === undefined || pinned === model,
  );
  const ways = models.flatMap((model): Member[] => {
    const serving = { ...option.serving, model };
    const optionId = rest.plan.option;
    const found = planned({ scenarioId, scenario, optionId, option: { ...option, serving } }, true);
    return withWholeBill(found) === null || found === null ? [] : [found];
  });
  return ways.reduce<Member | null>(
    (least, one) => (least === null || billOf(one).monthlyUsd < billOf(least).monthlyUsd ? one : least),
    null,
  );
}

function withWholeBill(member: Member | null): Member | null {
  return member === null || member.estimate.atLeast ? null : member;
}
