import { annuityFactor, monthlyRate } from '#lib/cash/present-value';
import type { CommitmentPlan } from '#lib/plan/plan';
import type { Commitment } from '#lib/spec/schema/commitment';
import { cheapestBase, hoursUnused, mostNodes, type NodeCurve } from '#lib/targets/port/node-curve';
import type { NodeOffering } from '#lib/targets/port/offering';
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
  /** What a node-hour of it costs over the horizon if it is used in every hour. */
  readonly usdPerUsedHour: number;
}

/** A term that is asked for, for one kind of node, where it has a price. */
export interface CommittedRate {
  readonly term: string;
  readonly months: number;
  readonly offering: NodeOffering;
  /** Its price, and what the term asks for after the horizon, as the bill levels it over the months until then. */
  readonly usdPerUsedHour: number;
}

/** Rates by kind of node; none where no commitment is asked for. */
export type CommittedRates = (offering: NodeOffering) => readonly CommittedRate[];

/**
 * The base load of a fleet that is bought for a term. A node is committed to if it is needed in a larger share of the
 * hours than its rate is of the hourly price. `null` where none is asked for, or none saves anything.
 */
export function committedBase(
  question: CommitmentQuestion,
  offering: NodeOffering,
  curve: NodeCurve,
  ratesOf: CommittedRates = ratesOfQuestion(question),
): Committed | null {
  const { commitment } = question;
  if (commitment === 'none' || offering.hourly.state === 'unpriced') return null;
  const hourly = offering.hourly.usd.base;
  const asked = commitment === 'auto' ? undefined : commitment.nodes;
  const ways = ratesOf(offering).map((rate) => {
    const base = cheapestBase(curve, rate.usdPerUsedHour, hourly);
    const count = asked === undefined ? base.committedNodes : Math.min(asked, mostNodes(curve));
    return { ...rate, count, mixedUsd: base.mixedUsd };
  });
  const [best] = ways.toSorted((a, b) => a.mixedUsd - b.mixedUsd);
  if (best === undefined || best.count === 0) return null;
  const { term, months, count, usdPerUsedHour } = best;
  return {
    nodes: { offering: best.offering, count, termMonths: months },
    plan: {
      term,
      termMonths: months,
      nodes: count,
      breakEvenShare: roundTo(usdPerUsedHour / hourly, 4),
      unusedShare: roundTo(hoursUnused(curve, count) / (count * HOURS_PER_MONTH), 6),
    },
    usdPerUsedHour,
  };
}

/** What is sold for a term is listed once for all kinds of node. */
export function rememberedRates(question: CommitmentQuestion): CommittedRates {
  const { commitment, market } = question;
  if (commitment === 'none') return () => [];
  const asked = termsOf(question).filter(({ term }) => commitment === 'auto' || term === commitment.term);
  const sold = new Map<string, ReadonlyMap<string, NodeOffering>>();
  return ({ shape }) =>
    asked.flatMap(({ term, months }) => {
      const byShape = sold.get(term) ?? soldAt(question, term);
      sold.set(term, byShape);
      const offering = byShape.get(shape);
      if (offering?.hourly.state !== 'priced') return [];
      const usdPerUsedHour = offering.hourly.usd.base * (1 + leftAfterHorizon(months, market));
      return [{ term, months, offering, usdPerUsedHour }];
    });
}

/** Months of a term that the horizon leaves, due at the horizon, ÷ the months until then: both by their present value. */
function leftAfterHorizon(
  termMonths: number,
  { horizonMonths, discountRatePerYear }: Pick<Market, 'horizonMonths' | 'discountRatePerYear'>,
): number {
  const left = Math.max(0, termMonths - horizonMonths);
  if (left === 0) return 0;
  const atHorizon = (1 + monthlyRate(discountRatePerYear)) ** -horizonMonths;
  return (left * atHorizon) / annuityFactor(horizonMonths, discountRatePerYear);
}

/** Thousands of fleets of a portfolio ask the same. */
const RATES = new WeakMap<CommitmentQuestion, CommittedRates>();

function ratesOfQuestion(question: CommitmentQuestion): CommittedRates {
  const found = RATES.get(question) ?? rememberedRates(question);
  RATES.set(question, found);
  return found;
}

function soldAt({ target, knobs, market }: CommitmentQuestion, term: string): Map<string, NodeOffering> {
  const { nodeTerms } = target;
  if (nodeTerms === undefined) return new Map();
  const offerings = target.offerings({ ...knobs, [nodeTerms.knob]: term }, market);
  return new Map(offerings.flatMap((one) => (one.kind === 'node' ? [[one.shape, one] as const] : [])));
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
