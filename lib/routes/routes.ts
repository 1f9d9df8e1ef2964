import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { SourceReference } from '#lib/catalog/provenance';
import type { Route } from '#lib/spec/schema/scenario';
import type { Band } from '#lib/units/band';

export const WAYS = [
  'direct',
  'prompt',
  'retrieval',
  'lora',
  'sft',
  'compression',
  'distillation',
  'build',
] as const;
export type WayId = (typeof WAYS)[number];

/** One line of what a way adds to serving. */
export interface RouteLine {
  readonly key: string;
  readonly label: string;
  readonly tangible: boolean;
  readonly quantity: number;
  readonly unit: string;
  readonly unitPriceUsd: number | null;
  readonly monthlyUsd: number | null;
  readonly oneOffUsd: number | null;
  readonly presentValueUsd: number | null;
  readonly basis: string;
  readonly source: SourceReference | null;
}

/** One way to the scenario's model. Where it cannot be gone its figures are `null` and it says why. */
export interface RouteWay {
  readonly id: WayId;
  readonly route: Route;
  readonly title: string;
  readonly feasible: boolean;
  readonly reasons: readonly string[];
  /** Option that serves it, and the model served. */
  readonly option: string | null;
  readonly model: string | null;
  /** Serving and all lines, the annuity over the horizon. */
  readonly monthlyUsd: Band | null;
  readonly servingMonthlyUsd: number | null;
  /** Due at the launch: training, data, people and what serving asks for. */
  readonly oneOffUsd: number | null;
  readonly presentValueUsd: number | null;
  readonly atLeast: boolean;
  readonly personMonths: Band | null;
  readonly trainingGpuHours: Band | null;
  readonly leadTimeDays: Band | null;
  /** 1 (an API key) to 5 (a building, or a model of one's own). */
  readonly difficulty: number;
  readonly customisable: string;
  readonly lines: readonly RouteLine[];
  readonly notes: readonly string[];
}

/** `landfall/routes/v1`. */
export interface Routes {
  readonly schema: 'landfall/routes/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly ways: readonly RouteWay[];
  /** The white paper's order of cost against the one computed; `why` has a sentence for each pair that differs. */
  readonly order: {
    readonly expected: readonly WayId[];
    readonly found: readonly WayId[];
    readonly why: readonly string[];
  };
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}
