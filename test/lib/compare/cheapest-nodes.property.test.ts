import { assert, constantFrom, option as maybe, property, record } from 'fast-check';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { estimateFromPlan } from '#lib/cost/from-plan';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { contextOf, type PlanRequest } from '#lib/plan/plan-request';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { Finance } from '#lib/spec/schema/finance';
import { option as optionSchema } from '#lib/spec/schema/option';
import { Scenario } from '#lib/spec/schema/scenario';
import { OFFICE } from '../../_support/scaled';
import { AS_OF } from '../../_support/decision';

/** More of them run by hand: `DRAWS=500 SEED=3 npx vitest run test/lib/compare/cheapest-nodes.property.test.ts`. */
const DRAWS = Number(process.env['DRAWS'] ?? 24);
const SEED = Number(process.env['SEED'] ?? 20_261_129);
/** What a wider format or a better score may cost more than the cheapest fleet on the same nodes. */
const ALIKE_UP_TO = 1.005;
/** The bill rounds each of its lines, to a hundredth of a cent. */
const ROUNDING_USD = 5e-5;

const catalog = loadCatalog();
const prices = createPriceBook({ catalog });
const sizer = rememberingSizer(catalog);

const SCENARIOS = record({
  models: constantFrom(
    ['llama-3.1-8b'],
    ['llama-3.1-70b'],
    ['qwen3-32b', 'gpt-oss-120b'],
    ['gpt-oss-20b', 'qwen3-8b'],
  ),
  peak: constantFrom(0.6, 4, 15, 60, 250),
  input: constantFrom(300, 1_200, 5_000),
  output: constantFrom(60, 250, 700),
  growthPerMonth: constantFrom(0, 0.02, 0.05),
  sizeForMonth: constantFrom(1, 6),
  ttftMs: constantFrom(undefined, 1_500, 4_000),
  tpotMs: constantFrom(undefined, 30, 60),
  availability: constantFrom(0.9, 0.99, 0.999),
  ramp: maybe(constantFrom({ months: 6, startShare: 0.3 }), { freq: 4 }),
  seasonality: maybe(constantFrom([1, 1, 1, 0.9, 0.8, 0.8, 0.8, 0.9, 1, 1.1, 1.3, 1.4]), { freq: 4 }),
  retrieves: constantFrom(true, false, false),
});
const EKS = { target: 'aws-eks', region: 'us-east-1' };
const SAGEMAKER = { target: 'aws-sagemaker', region: 'us-east-1' };
const OPTIONS = constantFrom(
  EKS,
  { ...EKS, scaling: { policy: 'autoscaled' } },
  { ...EKS, scaling: { policy: 'scheduled' }, commitment: 'auto' },
  { ...EKS, purchase: 'savings-plan-3y' },
  { ...EKS, purchase: 'spot', growth: 'none' },
  { ...EKS, commitment: { term: 'savings-plan-1y' } },
  { ...EKS, serving: { slice: '1g.10gb' } },
  { ...EKS, nvidiaAiEnterprise: true },
  SAGEMAKER,
  { ...SAGEMAKER, scaling: { policy: 'scale-to-zero' } },
  { ...SAGEMAKER, purchase: 'savings-plan-1y' },
  { target: 'leased', provider: 'nebius' },
  { target: 'leased', provider: 'crusoe' },
  { target: 'leased' },
  { target: 'colo' },
  { target: 'colo', contract: 'retail', serving: { precision: 'fp8' } },
  { target: 'self-built', nvidiaAiEnterprise: true },
  { target: 'self-built', facility: 'new-build' },
);
const FINANCES = record({
  horizonMonths: constantFrom(12, 30, 36, 60),
  discountRatePerYear: constantFrom(0, 0.09, 0.2),
  benefitUsdPerMonth: constantFrom(0, 0, 250_000),
  awsSupportPlan: maybe(constantFrom('business' as const, 'enterprise' as const)),
  tax: maybe(constantFrom({ rate: 0.25 })),
  compliance: maybe(constantFrom({ fixedUsd: 40_000, usdPerYear: 25_000 }), { freq: 4 }),
});
const RETRIEVAL = {
  chunks: 3_000_000,
  dimensions: 1024,
  embeddingModel: 'bge-m3',
  embedding: { alternatives: ['titan-embed-text-v2'] },
  reranker: { model: 'bge-reranker-v2-m3', alternatives: ['cohere-rerank-3.5'] },
  latencyMs: 500,
};
const REQUESTS = record({ scenario: SCENARIOS, option: OPTIONS, finance: FINANCES }).map(
  ({ scenario, option, finance }): PlanRequest => {
    const { models, peak, input, output, retrieves, ramp, seasonality, ...drawn } = scenario;
    const { ttftMs, tpotMs, availability, growthPerMonth, sizeForMonth } = drawn;
    return {
      environmentName: 'drawn',
      scenarioId: 'chat',
      scenario: Scenario.parse({
        title: 'Chat',
        models,
        traffic: {
          requestsPerSecond: { mean: peak / 4, peak },
          inputTokens: { mean: input },
          outputTokens: { mean: output },
          growthPerMonth,
          sizeForMonth,
          profile: OFFICE,
          ...(ramp === null ? {} : { ramp }),
          ...(seasonality === null ? {} : { seasonality }),
        },
        objectives: { ttftMs, tpotMs, availability },
        ...(retrieves ? { route: 'adapt', retrieval: RETRIEVAL } : {}),
      }),
      optionId: 'option',
      option: optionSchema().parse(option),
      finance: Finance.parse(
        Object.fromEntries(Object.entries(finance).filter(([, value]) => value !== null)),
      ),
      catalog,
      prices,
      sizer,
    };
  },
);

function billOf(plan: Plan, { finance }: PlanRequest) {
  const { totals, atLeast, lines } = estimateFromPlan(plan, { prices, finance, asOf: AS_OF });
  return { usd: totals.monthlyUsd.base, atLeast, roundingUsd: ROUNDING_USD * (lines.length + 1) };
}

/** Nodes that the option could stand on, by the offering's id. */
function offeredTo(request: PlanRequest): string[] {
  const { target, knobs, market } = contextOf(request);
  return target.offerings(knobs, market).flatMap(({ kind, id }) => (kind === 'node' ? [id] : []));
}

/** What contradicts the choice of a plan's nodes. */
function contradictions(request: PlanRequest): string[] {
  const chosen = makePlan(request);
  const bill = chosen.feasible ? billOf(chosen.plan, request) : null;
  const weighedUsd = chosen.feasible ? (chosen.plan.choice?.weighedUsdPerMonth ?? null) : null;
  if (bill?.atLeast === true) return [];
  const isWeighed =
    bill === null || (weighedUsd !== null && Math.abs(weighedUsd - bill.usd) < bill.roundingUsd);
  const cheaper = offeredTo(request).flatMap((id) => {
    const pinned = makePlan({ ...request, standsOn: [id] });
    if (!pinned.feasible) return [];
    const other = billOf(pinned.plan, request);
    if (other.atLeast || (bill !== null && other.usd * ALIKE_UP_TO >= bill.usd)) return [];
    return [`${id} costs ${other.usd}, the chosen ${bill?.usd ?? 'does not fit'}`];
  });
  return [...(isWeighed ? [] : [`weighed ${weighedUsd}, billed ${bill.usd}`]), ...cheaper];
}

describe('the nodes of a plan', () => {
  it('have the lowest bill of all that can carry it, and were weighed by that bill', () => {
    assert(
      property(REQUESTS, (request) => {
        expect(contradictions(request)).toEqual([]);
      }),
      { numRuns: DRAWS, seed: SEED },
    );
  }, 3_600_000);
});
