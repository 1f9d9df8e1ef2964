import type { OptionRow, RetrievalRow } from '#lib/compare/comparison';
import type { Estimate } from '#lib/cost/estimate';
import { trafficCash } from '#lib/cash/cash-flow';
import { intangibleParts, leavingInMoney } from '#lib/cost/intangible-parts';
import { monthlyEquivalent, presentValue } from '#lib/cash/present-value';
import { trafficPathOf } from '#lib/plan/demand';
import type { Infeasible, Plan, RetrievalPlan } from '#lib/plan/plan';
import type { ReaderPlan } from '#lib/plan/retrieval/reader-plan';
import type { Finance } from '#lib/spec/schema/finance';
import type { Target } from '#lib/targets/target';
import { mapBand, scaleBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** What every row shows of its target, whether the option fits or not. */
export type TargetTraits = Pick<Target, 'id' | 'operates' | 'difficulty' | 'customisable' | 'title'>;

interface RowHead {
  readonly id: string;
  readonly title: string | undefined;
  readonly target: TargetTraits;
}

/** The row of an option that fits. */
export function feasibleRow(head: RowHead, plan: Plan, estimate: Estimate, finance: Finance): OptionRow {
  // Models around the served one may have nodes with other GPUs: the row's are those of the model server.
  const served = plan.nodePools.find(({ id }) => id === plan.serving?.nodePool);
  const { totals } = estimate;
  return {
    ...common(head),
    model: plan.model.id,
    precision: plan.serving?.precision ?? null,
    engine: plan.serving?.engine ?? null,
    feasible: true,
    reasons: [],
    gpu: served?.accelerator ?? null,
    gpus: served === undefined ? 0 : served.gpusPerNode * served.nodes.desired,
    nodes: plan.nodePools.reduce((sum, pool) => sum + pool.nodes.desired, 0),
    replicas: plan.sizing?.replicas ?? 0,
    monthlyUsd: totals.monthlyUsd,
    tangibleMonthlyUsd: totals.tangibleMonthlyUsd,
    intangibleMonthlyUsd: totals.intangibleMonthlyUsd,
    intangibles: intangibleParts(estimate.lines),
    exitFeesMonthlyUsd: leavingInMoney(estimate.lines),
    oneOffUsd: totals.oneOffUsd,
    presentValueUsd: totals.presentValueUsd,
    netPresentValueUsd: totals.netPresentValueUsd,
    monthZeroCashUsd: estimate.cash.monthZeroUsd,
    beforeLaunch: estimate.cash.beforeLaunch,
    peakCashUsd: estimate.cash.peakUsd,
    usdPerMillionTokens: perMillionTokens(totals.monthlyUsd, plan, finance),
    atLeast: estimate.atLeast,
    ...(estimate.waitAtLeast === undefined ? {} : { waitAtLeast: estimate.waitAtLeast }),
    ttftMs: plan.sizing?.ttftMs ?? null,
    tpotMs: plan.sizing?.tpotMs ?? null,
    latency: plan.sizing?.latency ?? null,
    tokensPerSecond:
      plan.sizing === null ? null : scaleBand(plan.sizing.tokensPerSecondPerReplica, plan.sizing.replicas),
    headroom: plan.sizing?.headroom ?? plan.managed?.provisioned?.headroom ?? null,
    growth: estimate.growth ?? null,
    redundancy: plan.redundancy,
    utilisation: plan.sizing?.utilisation ?? null,
    idleMonthlyUsd: estimate.underuse?.monthlyUsd ?? null,
    availability: plan.sizing?.availability ?? null,
    quality: plan.quality === null ? null : { metric: plan.quality.metric, score: plan.quality.score },
    leadTimeDays: plan.leadTimeDays,
    unpriced: estimate.unpriced,
    confidence: plan.sizing?.confidence ?? null,
    store: plan.retrieval?.store ?? null,
    ...(plan.retrieval === null ? {} : { retrieval: retrievalRow(plan.retrieval) }),
    notes: [...plan.notes, ...estimate.notes],
  };
}

function retrievalRow({ embedding, reranker, latency, corpus }: RetrievalPlan): RetrievalRow {
  const named = (reader: ReaderPlan | null) =>
    reader === null ? null : { model: reader.model, runsOn: reader.runsOn };
  return {
    embedding: named(embedding),
    reranker: named(reranker),
    latency,
    corpusHours: corpus?.hours ?? null,
  };
}

/** The row of an option that does not fit: its reasons, and no figure that could be mistaken for one. */
export function infeasibleRow(head: RowHead, result: Infeasible): OptionRow {
  return {
    ...common(head),
    model: result.model,
    precision: null,
    engine: null,
    feasible: false,
    reasons: result.reasons,
    gpu: null,
    gpus: 0,
    nodes: 0,
    replicas: 0,
    monthlyUsd: null,
    tangibleMonthlyUsd: null,
    intangibleMonthlyUsd: null,
    intangibles: [],
    exitFeesMonthlyUsd: null,
    oneOffUsd: null,
    presentValueUsd: null,
    netPresentValueUsd: null,
    monthZeroCashUsd: null,
    beforeLaunch: [],
    peakCashUsd: null,
    usdPerMillionTokens: null,
    atLeast: false,
    ttftMs: null,
    tpotMs: null,
    latency: null,
    tokensPerSecond: null,
    headroom: null,
    growth: null,
    redundancy: null,
    utilisation: null,
    idleMonthlyUsd: null,
    availability: null,
    quality: null,
    leadTimeDays: null,
    unpriced: [],
    confidence: null,
    store: null,
    notes: [],
  };
}

function common({ id, title, target }: RowHead) {
  return {
    id,
    title: title ?? target.title,
    target: target.id,
    difficulty: target.difficulty,
    customisable: target.customisable,
    operates: target.operates,
  };
}

/**
 * Monthly cost ÷ million tokens, prompts and answers. Growing traffic is levelled the way money is: the annuity of the
 * present value of its tokens. `null` without tokens.
 */
function perMillionTokens(monthlyUsd: Band, plan: Plan, finance: Finance): Band | null {
  const { horizonMonths, discountRatePerYear } = finance;
  const firstMonth = plan.demand.inputTokensPerMonth + plan.demand.outputTokensPerMonth;
  const worth = presentValue(trafficCash(horizonMonths, trafficPathOf(plan)), discountRatePerYear);
  const millions = (firstMonth / 1e6) * monthlyEquivalent(worth, horizonMonths, discountRatePerYear);
  return millions > 0 ? mapBand(monthlyUsd, (usd) => roundUsd(usd / millions)) : null;
}
