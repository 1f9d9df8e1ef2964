import type { PriceBook } from '#lib/catalog/prices';
import type { Candidates } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import type { OptionSite } from '#lib/portfolio/fleets/option-cost';
import type { CommitmentAdvice } from '#lib/portfolio/portfolio';
import { replicaGroups, type ReplicaGroup } from '#lib/portfolio/fleets/replica-groups';
import { committedBase, offeringAt } from '#lib/plan/nodes/commitment';
import { hoursPerMonth } from '#lib/plan/scaling/week';
import type { Target } from '#lib/targets/target';
import { curveOf, hoursAbove, mostNodes, type NodeCurve } from '#lib/targets/port/node-curve';
import { HOURS_PER_MONTH, roundUsd } from '#lib/units/money';

type NodeTerms = NonNullable<Target['nodeTerms']>;

/**
 * Where nodes can be paid by the hour or committed to: how many to commit to so that these, and the rest by the hours in
 * which the profile needs them, cost least. Only the nodes' own price is weighed. None for an option whose nodes are
 * bought under a term already.
 */
export function commitmentAdvice(
  { options }: Candidates,
  placed: readonly (readonly Member[])[],
  prices: PriceBook,
): CommitmentAdvice[] {
  return options.flatMap((option, index) => {
    const groups = replicaGroups(placed[index] ?? [], prices);
    const shapes = new Set(groups.map(({ offering }) => offering.shape));
    return [...shapes].flatMap((shape) =>
      adviceFor(
        option,
        shape,
        groups.filter(({ offering }) => offering.shape === shape),
      ),
    );
  });
}

function adviceFor(option: OptionSite, shape: string, groups: readonly ReplicaGroup[]): CommitmentAdvice[] {
  const [group] = groups;
  const terms = option.target.nodeTerms;
  if (terms === undefined || group === undefined || isCommitted(option, terms)) return [];
  const question = { ...option, commitment: 'auto' } as const;
  const byTheHour = offeringAt(question, { shape }, terms.hourly);
  if (byTheHour === null) return [];
  const curve = nodesByHour(groups, group.offering.gpus);
  const committed = committedBase(question, byTheHour.offering, curve);
  const most = mostNodes(curve);
  const hourlyUsd = most * HOURS_PER_MONTH * byTheHour.hourlyUsd;
  const sold = committed === null ? null : offeringAt(question, { shape }, committed.plan.term);
  if (committed === null || sold === null) return [];
  const { nodes, term, breakEvenShare, unusedShare } = committed.plan;
  const heldUsd = nodes * HOURS_PER_MONTH * breakEvenShare * byTheHour.hourlyUsd;
  return [
    {
      option: option.optionId,
      shape,
      term,
      committedNodes: nodes,
      mostNodes: most,
      unusedShare,
      hourlyUsd: roundUsd(hourlyUsd),
      mixedUsd: roundUsd(heldUsd + hoursAbove(curve, nodes) * byTheHour.hourlyUsd),
    },
  ];
}

function isCommitted({ knobs, commitment }: OptionSite, { knob, committed }: NodeTerms): boolean {
  return commitment !== 'none' || committed.some(({ term }) => term === knobs[knob]);
}

/** Nodes that each kind of hour needs, spares included, over the hours of a month. */
function nodesByHour(groups: readonly ReplicaGroup[], gpusPerNode: number): NodeCurve {
  const kinds = groups[0]?.needs.length ?? 0;
  return curveOf(
    Array.from({ length: kinds }, (_, kind) => {
      const gpus = groups.reduce((sum, { needs, spares, sizing, replicas }) => {
        const needed = Math.min(replicas.base, Math.max(1, Math.ceil((needs[kind] ?? 0) - 1e-9)) + spares);
        return sum + needed * sizing.gpusPerReplica;
      }, 0);
      return { nodes: Math.ceil(gpus / gpusPerNode), hoursPerMonth: hoursPerMonth(kind) };
    }),
  );
}
