import type { LaidOver } from '#lib/catalog/catalog';
import type { DocumentOrigin } from '#lib/cost/made-by';
import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { BoughtOtherwise } from '#lib/compare/bought-otherwise';
import type { Caution } from '#lib/compare/cautions';
import type { Certainty } from '#lib/compare/certainty';
import type { IntangiblePart } from '#lib/cost/intangible-parts';
import type { RetrievalLatency } from '#lib/plan/retrieval/reader-plan';
import type { Operates } from '#lib/targets/target';
import type { BilledGrowth, PaidAhead } from '#lib/cost/estimate';
import type { Confidence, ServingSizing } from '#lib/sizing/sizing';
import type { Route } from '#lib/spec/schema/scenario';
import type { Band } from '#lib/units/band';

/** One option of a scenario. An option that does not fit keeps its row; its figures are `null`. */
export interface OptionRow {
  readonly id: string;
  readonly title: string;
  readonly target: string;
  readonly model: string | null;
  readonly precision: string | null;
  readonly engine: string | null;
  readonly feasible: boolean;
  readonly reasons: readonly string[];
  readonly gpu: string | null;
  readonly gpus: number;
  readonly nodes: number;
  readonly replicas: number;
  readonly monthlyUsd: Band | null;
  readonly tangibleMonthlyUsd: number | null;
  readonly intangibleMonthlyUsd: number | null;
  /** That sum by what it comes from; empty where the option does not fit. */
  readonly intangibles: readonly IntangiblePart[];
  /** What leaving costs in money, inside the tangible cost; `null` where it costs none. */
  readonly exitFeesMonthlyUsd: Band | null;
  readonly oneOffUsd: number | null;
  readonly presentValueUsd: number | null;
  /** Benefit less cost; `null` where `finance` states no benefit. */
  readonly netPresentValueUsd: number | null;
  /** Due at the launch or before it. */
  readonly monthZeroCashUsd: number | null;
  /** What of that is paid before the launch, the earliest first. */
  readonly beforeLaunch: readonly PaidAhead[];
  /** Most that is out at any time, less the stated benefit received by then. */
  readonly peakCashUsd: number | null;
  /** Tangible and intangible cost per million tokens, prompts and answers together. */
  readonly usdPerMillionTokens: Band | null;
  /** True when a line has no price: then the money means "at least". */
  readonly atLeast: boolean;
  /** The money means "at least", as what serves until the option is ready lacks prices; it is ranked all the same. */
  readonly waitAtLeast?: true;
  readonly ttftMs: Band | null;
  readonly tpotMs: Band | null;
  readonly latency: ServingSizing['latency'];
  /** Output tokens per second of the whole fleet at the objective; `null` where the provider does not say. */
  readonly tokensPerSecond: Band | null;
  readonly headroom: number | null;
  /** `null` without growth of the traffic. */
  readonly growth: BilledGrowth | null;
  /** Headroom while one replica or one node is down; below 0 that share of the peak is not served in time. */
  readonly redundancy: { readonly withoutOneReplica: number; readonly withoutOneNode: number } | null;
  readonly utilisation: number | null;
  /** What idles, inside the monthly cost; `null` where everything is paid by use. */
  readonly idleMonthlyUsd: number | null;
  readonly availability: number | null;
  readonly quality: { readonly metric: string; readonly score: number } | null;
  readonly difficulty: number;
  readonly leadTimeDays: Band | null;
  readonly customisable: string;
  readonly operates: Operates;
  readonly unpriced: readonly string[];
  readonly confidence: Confidence | null;
  readonly store: string | null;
  /** Absent where the scenario does not retrieve, or the option does not fit. */
  readonly retrieval?: RetrievalRow;
  readonly notes: readonly string[];
}

export interface ScenarioComparison {
  readonly id: string;
  readonly title: string;
  readonly route: Route;
  readonly pareto: readonly string[];
  readonly recommended: string | null;
  /** Of the recommended option's being the cheapest; `null` where no other fully priced option could cost less. */
  readonly certainty: Certainty | null;
  /** Finished sentences; the first says why in one. */
  readonly why: readonly string[];
  /** What options would save that paid for their fleets otherwise; empty where nobody asked. */
  readonly otherwise: readonly BoughtOtherwise[];
  /** What the plans of the options that fit leave open or bind to: the recommended one's first, then its nearest rival's. */
  readonly cautions: readonly Caution[];
  readonly options: readonly OptionRow[];
}

/** `landfall/comparison/v1`. */
export interface Comparison {
  readonly schema: 'landfall/comparison/v1';
  readonly environment: string;
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly catalog: {
    readonly oldestPrice: string | null;
    readonly newestPrice: string | null;
    /** Shares of the money in all feasible rows that rest on derived and on assumed prices. */
    readonly derivedShare: number;
    readonly assumedShare: number;
    readonly snapshot: string;
    /** What was laid over it. Absent where nothing was. */
    readonly laidOver?: LaidOver;
  };
  readonly scenarios: readonly ScenarioComparison[];
  readonly portfolio: {
    readonly choice: Readonly<Record<string, string>>;
    readonly monthlyUsd: Band | null;
    readonly atLeast: boolean;
  };
  /** What made the document. @default - a caller that keeps none */
  readonly madeBy?: DocumentOrigin | undefined;
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}

/** The models around a vector store, and what a search waits for with them. */
export interface RetrievalRow {
  /** Id and where it runs; `null` where the target cannot run it. */
  readonly embedding: { readonly model: string; readonly runsOn: string } | null;
  /** `null` without one. */
  readonly reranker: { readonly model: string; readonly runsOn: string } | null;
  readonly latency: RetrievalLatency;
  /** To embed the whole corpus; `null` where the provider sets the pace, or nobody does it here. */
  readonly corpusHours: Band | null;
}
