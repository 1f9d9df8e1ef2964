import type { CommitmentPlan } from '#lib/plan/plan';
import type { Commitment } from '#lib/spec/commitment';
import { cheapestBase, hoursUnused, mostNodes, type NodeCurve } from '#lib/targets/node-curve';
import type { NodeOffering } from '#lib/targets/offering';
import type { CommittedNodes, CommittedTerm, Market, Target } from '#lib/targets/target';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';

/** Who sells the nodes, and how much of them is to be committed to. */
export interface CommitmentQuestion {
  readonly commitment: Commitment;
  readonly target: Target;
  readonly knobs: Readonly<Record<string, unknown>>;
  readonly market: Market;
}

export interface Committed {
  readonly nodes: CommittedNodes;
  readonly plan: CommitmentPlan;
}

/**
 * The base load of a fleet that is bought for a term. Over the horizon a node-hour of it costs its price × the longer of
 * term and horizon ÷ horizon, used or not; a node is committed to if it is needed in a larger share of the hours than
 * that is of the hourly price. `null` where none is asked for, or none saves anything.
 */
export function committedBase(
  question: CommitmentQuestion,
  offering: NodeOffering,
  curve: NodeCurve,
): Committed | null {
  const { commitment } = question;
  if (commitment === 'none' || offering.hourly.state === 'unpriced') return null;
  const hourly = offering.hourly.usd.base;
  const asked = commitment === 'auto' ? undefined : commitment;
  const ways = termsOf(question)
    .filter(({ term }) => asked === undefined || term === asked.term)
    .flatMap(({ term, months }) => {
      const sold = offeringAt(question, offering, term);
      if (sold === null) return [];
      const paidHours = Math.max(1, months / question.market.horizonMonths);
      const breakEvenShare = (sold.hourlyUsd * paidHours) / hourly;
      const base = cheapestBase(curve, sold.hourlyUsd * paidHours, hourly);
      const count =
        asked?.nodes === undefined ? base.committedNodes : Math.min(asked.nodes, mostNodes(curve));
      return [{ term, months, ...sold, breakEvenShare, count, mixedUsd: base.mixedUsd }];
    });
  const [best] = ways.toSorted((a, b) => a.mixedUsd - b.mixedUsd);
  if (best === undefined || best.count === 0) return null;
  const { term, months, count, breakEvenShare } = best;
  return {
    nodes: { offering: best.offering, count, termMonths: months },
    plan: {
      term,
      termMonths: months,
      nodes: count,
      breakEvenShare: roundTo(breakEvenShare, 4),
      unusedShare: roundTo(hoursUnused(curve, count) / (count * HOURS_PER_MONTH), 6),
    },
  };
}

/** Terms that the target sells nodes for. */
export function termsOf({ target }: Pick<CommitmentQuestion, 'target'>): readonly CommittedTerm[] {
  return target.nodeTerms?.committed ?? [];
}

/** The same node under a term; `null` where it is not sold so, or has no price. */
export function offeringAt(
  { target, knobs, market }: CommitmentQuestion,
  { shape }: Pick<NodeOffering, 'shape'>,
  term: string,
): { readonly offering: NodeOffering; readonly hourlyUsd: number } | null {
  const terms = target.nodeTerms;
  if (terms === undefined) return null;
  const offering = target
    .offerings({ ...knobs, [terms.knob]: term, [terms.shapeKnob]: shape }, market)
    .find((one) => one.kind === 'node' && one.shape === shape);
  if (offering?.kind !== 'node' || offering.hourly.state === 'unpriced') return null;
  return { offering, hourlyUsd: offering.hourly.usd.base };
}
