import type { Catalog } from '#lib/catalog/catalog';
import type { PriceBook } from '#lib/catalog/prices';
import { monthlyCash, onceCash } from '#lib/cash/cash-flow';
import type { PricedLine } from '#lib/cost/line-item';
import { environmentSource, statedLine, unpricedLine } from '#lib/cost/stated-line';
import { productOf } from '#lib/routes/effort-lines';
import type { Served } from '#lib/routes/serving';
import { cheapestRun, type TrainingRun } from '#lib/routes/training-run';
import { studentOf, teacherOf } from '#lib/routes/variants';
import type { Way } from '#lib/routes/ways';
import type { Finance } from '#lib/spec/schema/finance';
import type { Scenario } from '#lib/spec/schema/scenario';
import { scaleBand, type Band } from '#lib/units/band';
import { roundTo } from '#lib/units/money';

export interface ComputeContext {
  readonly scenario: Scenario;
  readonly catalog: Catalog;
  readonly prices: PriceBook;
  readonly finance: Finance;
  readonly asOf: string;
  /** Options that carry the demand as it is, cheapest first: where GPUs and a teacher's answers can be had. */
  readonly options: readonly Served[];
}

export interface Computed {
  readonly lines: readonly PricedLine[];
  readonly gpuHours: Band | null;
  /** Hours that the first run takes. */
  readonly hours: number;
  readonly notes: readonly string[];
}

const NOTHING: Computed = { lines: [], gpuHours: null, hours: 0, notes: [] };

/** What a way computes besides serving: training, a teacher's answers, a corpus of text. */
export function computeLines(
  way: Way,
  served: Served,
  context: ComputeContext,
): Computed | { readonly reasons: readonly string[] } {
  if (way.id === 'retrieval') return embeddingOf(served);
  if (way.training === null || way.tokens === null) return NOTHING;
  const model =
    way.tokens === 'teacher'
      ? studentOf(context.scenario, context.catalog)
      : context.catalog.models.get(served.plan.model.id);
  if (model == null) return { reasons: ['no model of known size to train'] };
  const teacher = teacherOf(context.scenario, context.catalog);
  const tokens = tokensOf(way, model.paramsTotalB ?? 0, context);
  const run = cheapestRun(
    {
      kind: way.training,
      model,
      tokens: tokens.base,
      ...(way.tokens === 'teacher' && teacher !== null ? { teacher } : {}),
    },
    context.options,
    context,
  );
  if ('reasons' in run) return run;
  const spread = {
    low: (run.sizing.gpuHours.low * tokens.low) / tokens.base,
    base: run.sizing.gpuHours.base,
    high: (run.sizing.gpuHours.high * tokens.high) / tokens.base,
  };
  const gpuHours = way.tokens === 'corpus' ? withExperiments(spread, context.prices) : spread;
  return {
    lines: [...trainingLines(way, run, gpuHours, context), ...dataLines(way, tokens, context)],
    gpuHours,
    hours: run.sizing.hours.base,
    notes: [
      `${model.id}: ${tokens.base >= 1e12 ? `${roundTo(tokens.base / 1e12, 1)} trillion` : `${roundTo(tokens.base / 1e6, 1)} million`} tokens in ${roundTo(run.sizing.hours.base, 1)} hours on ${run.sizing.gpus} × ${run.accelerator}, at ${run.gpuHour.basis}`,
    ],
  };
}

function tokensOf(way: Way, paramsB: number, { scenario, prices }: ComputeContext): Band {
  const { inputTokens, outputTokens } = scenario.traffic;
  const perExample = inputTokens.mean + outputTokens.mean;
  if (way.tokens === 'corpus') {
    return scaleBand(productOf(['routes.build.tokens-per-parameter'], prices), paramsB * 1e9);
  }
  const counts =
    way.tokens === 'teacher'
      ? ['routes.distillation.examples']
      : ['routes.tuning.examples', 'routes.tuning.epochs'];
  return scaleBand(productOf(counts, prices), perExample);
}

function withExperiments(gpuHours: Band, prices: PriceBook): Band {
  const { low, base, high } = prices.assumption('routes.build.experiment-share');
  return {
    low: gpuHours.low * (1 + low),
    base: gpuHours.base * (1 + base),
    high: gpuHours.high * (1 + high),
  };
}

function trainingLines(
  { id, tokens }: Way,
  run: TrainingRun,
  gpuHours: Band,
  { prices, finance, asOf }: ComputeContext,
): PricedLine[] {
  const source = { ...finance, source: environmentSource(asOf) };
  const head = { category: 'compute', tangible: true } as const;
  const basis = `GPU hours on ${run.accelerator} at ${run.gpuHour.basis}`;
  const amount = { unit: 'GPU-hour', unitPriceUsd: run.gpuHour.usd, movesCash: true };
  const first = statedLine(
    { ...head, key: `${id}.training`, label: 'First training', basis },
    { ...amount, quantity: gpuHours, cash: onceCash(finance.horizonMonths) },
    source,
  );
  // A model of one's own is trained once in a horizon; its successor is another project.
  if (tokens === 'corpus') return [first];
  const perYear = prices.assumption('routes.retrainings-per-year');
  const again = statedLine(
    {
      ...head,
      key: `${id}.retraining`,
      label: 'Training again',
      basis: `${perYear.base} times a year; ${basis}`,
    },
    {
      ...amount,
      quantity: {
        low: (gpuHours.low * perYear.low) / 12,
        base: (gpuHours.base * perYear.base) / 12,
        high: (gpuHours.high * perYear.high) / 12,
      },
      cash: monthlyCash(finance.horizonMonths),
    },
    source,
  );
  return [first, again];
}

/** A teacher's answers by what a million tokens of serving it cost; text by the billion tokens. */
function dataLines({ id, tokens: from }: Way, tokens: Band, context: ComputeContext): PricedLine[] {
  const { prices, finance, asOf, options } = context;
  const source = { ...finance, source: environmentSource(asOf) };
  const cash = onceCash(finance.horizonMonths);
  if (from === 'corpus') {
    const price = prices.assumption('routes.build.usd-per-billion-tokens');
    const quantity = {
      low: (tokens.low * price.low) / price.base / 1e9,
      base: tokens.base / 1e9,
      high: (tokens.high * price.high) / price.base / 1e9,
    };
    return [
      statedLine(
        {
          key: `${id}.data`,
          label: 'Text to train on',
          category: 'compute',
          tangible: true,
          basis: 'billion tokens, collected, licensed and cleaned',
        },
        { quantity, unit: '1B tokens', unitPriceUsd: price.base, cash, movesCash: true },
        { ...source, source: price.source },
      ),
    ];
  }
  if (from !== 'teacher') return [];
  const head = {
    key: `${id}.teacher`,
    label: "The teacher's answers",
    category: 'models',
    tangible: true,
  } as const;
  const usd = options.find(({ row }) => row.usdPerMillionTokens !== null && !row.atLeast)?.row;
  if (usd?.usdPerMillionTokens == null) {
    const basis = 'tokens at what an option costs for a million: none is fully priced';
    return [unpricedLine({ ...head, basis }, { quantity: tokens.base / 1e6, unit: '1M tokens' })];
  }
  return [
    statedLine(
      { ...head, basis: `tokens at what ${usd.id} costs for a million` },
      {
        quantity: scaleBand(tokens, 1e-6),
        unit: '1M tokens',
        unitPriceUsd: usd.usdPerMillionTokens.base,
        cash,
        movesCash: true,
      },
      source,
    ),
  ];
}

/** The corpus is a part of the plan, and its lines of the plan's bill: only its time is told here. */
function embeddingOf({ plan }: Served): Computed {
  const corpus = plan.retrieval?.corpus ?? null;
  return { ...NOTHING, gpuHours: corpus?.gpuHours ?? null, hours: corpus?.hours?.base ?? 0 };
}
