import type { TrafficPath } from '#lib/cash/traffic-path';
import type { BilledPlan } from '#lib/plan/billed-plan';
import type { Finance } from '#lib/spec/schema/finance';
import type { FrozenPrices } from '#lib/decision/what-if/frozen-prices';

const LEVERS = [
  'discount',
  'growth',
  'accelerators',
  'tokens',
  'salary',
  'team',
  'electricity',
  'benefit',
] as const;
export type LeverId = (typeof LEVERS)[number];

/** One thing that a reader may move: the bills follow it, what is bought stays as planned. */
export interface Lever {
  readonly id: LeverId;
  /** Ids of the inputs that it moves together. */
  readonly inputs: readonly string[];
  /** Puts the inputs to the value, or multiplies what they are by it. */
  readonly does: 'set' | 'multiply';
  readonly unit: 'share' | 'USD/year' | 'USD/month' | 'multiple';
  readonly low: number;
  readonly base: number;
  readonly high: number;
  readonly step: number;
}

/** One option in one cell. */
export interface PlannedOption {
  readonly id: string;
  /** Number of its plan; `null` where it does not fit. */
  readonly plan: number | null;
  /** A line has no price: its money means "at least". */
  readonly atLeast: boolean;
  readonly gpus: number;
}

/** Everything planned anew at a multiple of the described traffic over a horizon. */
export interface PlannedCell {
  readonly multiple: number;
  readonly horizonMonths: number;
  readonly options: readonly PlannedOption[];
  /** Number of the plan of what serves until an option is ready; `null` without. */
  readonly meanwhile: number | null;
}

/** The options of one scenario as plain JSON, ready for thousands of "what if" without planner and catalog. */
export interface WhatIfCase {
  readonly scenario: string;
  readonly finance: Finance;
  readonly traffic: TrafficPath;
  /** As described. */
  readonly requestsPerSecond: { readonly mean: number; readonly peak: number };
  readonly prices: FrozenPrices;
  /** What is planned, rising: between them nothing is said. The described traffic and the stated horizon are among them. */
  readonly multiples: readonly number[];
  readonly horizonsMonths: readonly number[];
  /** Each once, however many cells have it. */
  readonly plans: readonly BilledPlan[];
  readonly cells: readonly PlannedCell[];
  readonly levers: readonly Lever[];
}

/** What a reader set; a lever that is not named stays at its base. */
export interface WhatIf {
  readonly multiple: number;
  readonly horizonMonths: number;
  readonly levers: Readonly<Partial<Record<LeverId, number>>>;
}

export function asDescribed({ finance }: Pick<WhatIfCase, 'finance'>): WhatIf {
  return { multiple: 1, horizonMonths: finance.horizonMonths, levers: {} };
}
