import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import type { LineContext } from '#lib/cash/line-context';
import type { Candidates } from '#lib/portfolio/candidates';
import { scoreOf } from '#lib/portfolio/score';
import { aloneUsd, billOf, servingMembers, type Member } from '#lib/portfolio/member';
import { optionCosts } from '#lib/portfolio/fleets/option-cost';
import type {
  LimitState,
  PortfolioChoice,
  PortfolioSplit,
  SharedReplicas,
  UsedOption,
} from '#lib/portfolio/portfolio';
import { replicaGroups, type ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { mergedFleet } from '#lib/portfolio/fleets/shared-fleet';
import type { OptionCost } from '#lib/portfolio/fleets/priced-fleet';
import { standingOf } from '#lib/portfolio/standing';
import { partsPerGpu } from '#lib/portfolio/fleets/shared-nodes';
import { hoursPerMonth, isNight } from '#lib/plan/scaling/week';
import type { PortfolioLimits } from '#lib/spec/schema/portfolio';
import { roundTo, roundUsd } from '#lib/units/money';

/** Where each scenario goes, in the order of the environment. */
export function choicesOf(
  { options, scenarios, members }: Candidates,
  placed: readonly (readonly Member[])[],
  context: LineContext,
): PortfolioChoice[] {
  const alone = options.map((option) => optionCosts(option, context));
  return scenarios.flatMap((scenarioId, at): PortfolioChoice[] => {
    const index = placed.findIndex((own) => own.some((member) => member.scenarioId === scenarioId));
    const option = options[index];
    const member = placed[index]?.find((one) => one.scenarioId === scenarioId);
    if (option === undefined || member === undefined) return [];
    const ways = options.flatMap(({ optionId }, way) => {
      const other = members[way]?.[at] ?? null;
      if (other === null) return [];
      const { atLeast } = other.estimate;
      return [{ option: optionId, usd: alone[way]?.([other]).monthlyUsd ?? 0, atLeast }];
    });
    const cheapest = ways.reduce((a, b) => (b.usd < a.usd ? b : a));
    const { plan } = member;
    return [
      {
        scenario: scenarioId,
        option: option.optionId,
        target: option.target.id,
        model: plan.model.id,
        nodes: nodesOf(member),
        nodesAlone: nodesOf(member.own ?? member),
        aloneUsd: aloneUsd(member),
        atLeast: servingMembers([member]).some(({ estimate }) => estimate.atLeast),
        cheapestAlone: { ...cheapest, usd: roundUsd(cheapest.usd) },
        leadTimeDays: plan.leadTimeDays.base,
        quality: plan.quality === null ? null : { metric: plan.quality.metric, score: plan.quality.score },
        split: splitOf(member, cheapest.usd),
      },
    ];
  });
}

function splitOf({ plan, estimate, overflow }: Member, cheapestAloneUsd: number): PortfolioSplit | null {
  if (overflow === undefined) return null;
  const { member, baseShare } = overflow;
  const baseUsd = estimate.totals.monthlyUsd.base;
  const overflowUsd = member.estimate.totals.monthlyUsd.base;
  return {
    option: member.plan.option,
    target: member.plan.target,
    model: member.plan.model.id,
    baseReplicas: plan.sizing?.replicas ?? 0,
    baseShare: roundTo(baseShare, 4),
    baseUsd: roundUsd(baseUsd),
    overflowUsd: roundUsd(overflowUsd),
    savesUsd: roundUsd(cheapestAloneUsd - baseUsd - overflowUsd),
  };
}

/** The kind of node that a model server stands on; `null` where the provider runs it. */
function nodesOf({ plan, fleet }: Member): string | null {
  return plan.serving === null ? null : (fleet.nodes[0]?.offering.shape ?? null);
}

export function usedOptions(
  candidates: Candidates,
  placed: readonly (readonly Member[])[],
  context: LineContext,
): UsedOption[] {
  const standing = standingOf(candidates, placed);
  return candidates.options.flatMap((option, index): UsedOption[] => {
    const { together = [], apart = [] } = standing[index] ?? {};
    if (together.length === 0 && apart.length === 0) return [];
    const shared = optionCosts(option, context)(together);
    const money = (kind: keyof OptionCost) =>
      apart.reduce((usd, member) => usd + billOf(member)[kind], shared[kind]);
    const alone = together.reduce((sum, member) => sum + aloneUsd(member), 0);
    const merged = mergedFleet(together, replicaGroups(together, context.prices), option);
    const fleets = [...(merged === null ? [] : [merged]), ...apart.map(({ fleet }) => fleet)];
    return [
      {
        option: option.optionId,
        target: option.target.id,
        scenarios: candidates.scenarios.filter((id) =>
          [...together, ...apart].some(({ scenarioId }) => scenarioId === id),
        ),
        monthlyUsd: roundUsd(money('monthlyUsd')),
        upfrontUsd: roundUsd(money('upfrontUsd')),
        sharingSavesUsd: roundUsd(alone - shared.monthlyUsd),
        atLeast: [...together, ...apart].some(({ estimate }) => estimate.atLeast),
        nodes: fleets.flatMap(({ nodes }) => nodes).reduce((sum, { count }) => sum + count, 0),
        gpus: fleets.reduce((sum, { gpus }) => sum + gpus, 0),
      },
    ];
  });
}

export function sharedReplicasOf(
  { options }: Candidates,
  placed: readonly (readonly Member[])[],
  prices: PriceBook,
): SharedReplicas[] {
  return options.flatMap((option, index) =>
    replicaGroups(placed[index] ?? [], prices).map((group): SharedReplicas => {
      const { members, replicas, sizing } = group;
      return {
        option: option.optionId,
        model: members[0]?.plan.model.id ?? '',
        scenarios: members.map(({ scenarioId }) => scenarioId),
        replicas: replicas.base,
        replicasApart: members.reduce((sum, { plan }) => sum + (plan.sizing?.replicas ?? 0), 0),
        gpus: Math.ceil((replicas.base * sizing.gpusPerReplica) / partsPerGpu(group)),
        idleGpuHours: idleGpuHours(group, () => true),
        idleNightGpuHours: idleGpuHours(group, isNight),
      };
    }),
  );
}

/** GPU-hours a month in which whole replicas have nothing to do, spares apart. */
function idleGpuHours(group: ReplicaGroup, counts: (kind: number) => boolean): number {
  const { needs, replicas, spares, sizing } = group;
  const working = replicas.base - spares;
  const hours = needs.reduce(
    (sum, need, kind) =>
      counts(kind) ? sum + hoursPerMonth(kind) * Math.max(0, working - Math.ceil(need - 1e-9)) : sum,
    0,
  );
  return roundTo((hours * sizing.gpusPerReplica) / partsPerGpu(group), 1);
}

/** Every limit with what the portfolio has of it. */
export function limitStates(
  limits: PortfolioLimits,
  reached: {
    readonly used: readonly UsedOption[];
    readonly members: readonly Member[];
    readonly monthlyUsd: number;
  } | null,
  catalog: Catalog,
): LimitState[] {
  const state = (
    limit: LimitState['limit'],
    allowed: number | undefined,
    has: (one: NonNullable<typeof reached>) => number,
  ): LimitState[] =>
    allowed === undefined
      ? []
      : [{ limit, allowed, reached: reached === null ? null : roundTo(has(reached), 4) }];
  const { quality } = limits;
  return [
    ...state('budgetUsdPerMonth', limits.budgetUsdPerMonth, ({ monthlyUsd }) => monthlyUsd),
    ...state('upfrontUsd', limits.upfrontUsd, ({ used }) =>
      used.reduce((sum, { upfrontUsd }) => sum + upfrontUsd, 0),
    ),
    ...state('leadTimeDays', limits.leadTimeDays, ({ members }) =>
      Math.max(...servingMembers(members).map(({ plan }) => plan.leadTimeDays.base)),
    ),
    ...(quality === undefined
      ? []
      : state('qualityFloor', quality.floor, ({ members }) =>
          Math.min(
            ...servingMembers(members).flatMap((member) => scoreOf(member, quality.metric, catalog) ?? []),
          ),
        )),
  ];
}
