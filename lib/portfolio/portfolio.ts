import type { CurrencyAmounts } from '#lib/cost/in-currency';
import type { JobKind } from '#lib/training/training';
import type { Band } from '#lib/units/band';

/** Where a scenario goes. */
export interface PortfolioChoice {
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  readonly model: string;
  /** Kind of node that it stands on, and the one that it would take alone; `null` where the provider runs the model. */
  readonly nodes: string | null;
  readonly nodesAlone: string | null;
  /** Its bill on this option if nothing were shared, on the nodes it takes alone; with what is split from it. */
  readonly aloneUsd: number;
  /** Something of that bill has no price. */
  readonly atLeast: boolean;
  /** Its bill on the option that is cheapest for it alone, within the limits. */
  readonly cheapestAlone: { readonly option: string; readonly usd: number; readonly atLeast: boolean };
  readonly leadTimeDays: number;
  readonly quality: { readonly metric: string; readonly score: number } | null;
  /** What of it goes to another option; all of the above is then the base's. `null` where nothing does. */
  readonly split: PortfolioSplit | null;
}

/** A scenario whose base load stands on one option while another one serves what exceeds it. */
export interface PortfolioSplit {
  /** Serves what exceeds the base. */
  readonly option: string;
  readonly target: string;
  readonly model: string;
  /** Of the base, spares included. */
  readonly baseReplicas: number;
  /** Of the scenario's tokens. */
  readonly baseShare: number;
  /** Monthly bills of both, nothing shared. */
  readonly baseUsd: number;
  readonly overflowUsd: number;
  /** Of the bill on the single option that is cheapest for it alone. */
  readonly savesUsd: number;
}

/** Replicas that scenarios of one option use together. */
export interface SharedReplicas {
  readonly option: string;
  readonly model: string;
  readonly scenarios: readonly string[];
  readonly replicas: number;
  /** If each scenario had its own. */
  readonly replicasApart: number;
  readonly gpus: number;
  /** GPU-hours a month that the profile leaves idle, and those of them at night (22 to 6). */
  readonly idleGpuHours: number;
  readonly idleNightGpuHours: number;
}

/** A training beside serving. */
export interface PortfolioTraining {
  readonly training: string;
  readonly kind: JobKind;
  readonly model: string;
  readonly runsPerMonth: number;
  /** Whose free hours it takes; `null` where all of it is bought by the hour. */
  readonly option: string | null;
  /** GPUs that it runs on there, else those that are bought. */
  readonly accelerator: string;
  readonly gpus: number;
  /** Hours a month in which it runs there. */
  readonly hoursPerMonth: number;
  readonly matchedShare: number;
  /** All of it bought by the hour; what is still bought; the difference. */
  readonly byTheHourUsd: number;
  readonly boughtUsd: number;
  readonly savesUsd: number;
  /** What all of it would be by the hour, and whose price that is. */
  readonly basis: string;
}

/** An option that is used. */
export interface UsedOption {
  readonly option: string;
  readonly target: string;
  readonly scenarios: readonly string[];
  readonly monthlyUsd: number;
  readonly upfrontUsd: number;
  /** The bills of its scenarios apart, less this. */
  readonly sharingSavesUsd: number;
  /** A line has no price. */
  readonly atLeast: boolean;
  readonly nodes: number;
  readonly gpus: number;
}

/** Base load on a commitment, the rest by the hour. */
export interface CommitmentAdvice {
  readonly option: string;
  readonly shape: string;
  readonly term: string;
  readonly committedNodes: number;
  readonly mostNodes: number;
  /** Of the committed node-hours. */
  readonly unusedShare: number;
  /** Nodes of this kind: all by the hour all month, and the mix with nodes that come and go. */
  readonly hourlyUsd: number;
  readonly mixedUsd: number;
}

export const LIMITS = ['budgetUsdPerMonth', 'upfrontUsd', 'leadTimeDays', 'qualityFloor'] as const;
export type LimitId = (typeof LIMITS)[number];

export interface LimitState {
  readonly limit: LimitId;
  readonly allowed: number;
  /** What the portfolio has; `null` where there is none. */
  readonly reached: number | null;
}

/** The smallest change of one limit that makes a portfolio possible, all others unchanged. */
export interface Relaxation {
  readonly limit: LimitId;
  readonly from: number;
  readonly to: number;
}

/** `landfall/portfolio/v1`. */
export interface Portfolio {
  readonly schema: 'landfall/portfolio/v1';
  readonly environment: string;
  readonly asOf: string;
  readonly horizonMonths: number;
  /** `optimal`: no assignment costs less. `bounded`: none costs less than (1 − gap) × this. */
  readonly status: 'optimal' | 'bounded' | 'infeasible';
  readonly gapShare: number | null;
  readonly choices: readonly PortfolioChoice[];
  readonly options: readonly UsedOption[];
  readonly sharedReplicas: readonly SharedReplicas[];
  readonly commitments: readonly CommitmentAdvice[];
  readonly trainings: readonly PortfolioTraining[];
  readonly monthlyUsd: Band | null;
  readonly upfrontUsd: number | null;
  /** The same choices, every scenario with its own fleet and fixed costs, trainings bought by the hour. */
  readonly apartUsd: number | null;
  /** What `landfall compare` chooses (`deploy`, else the cheapest alone), with and without sharing, without trainings. */
  readonly compared: {
    readonly choice: Readonly<Record<string, string>>;
    readonly apartUsd: number | null;
    readonly sharedUsd: number | null;
    /** A line has no price. */
    readonly atLeast: boolean;
  };
  readonly atLeast: boolean;
  readonly limits: readonly LimitState[];
  /** Why there is none: scenarios that no option carries, and limits that contradict. */
  readonly conflicts: readonly string[];
  readonly relaxations: readonly Relaxation[];
  /** Where no single change helps: the smallest changes of the fewest limits that do together. */
  readonly relaxedTogether: readonly (readonly Relaxation[])[];
  readonly notes: readonly string[];
  /** Absent unless another currency was asked for. */
  readonly inCurrency?: CurrencyAmounts;
}
