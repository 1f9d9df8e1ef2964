import type { CommitmentPlan, ScalingPlan } from '#lib/plan/plan';
import type { SourceReference } from '#lib/catalog/provenance';
import type { CurrencyTotals } from '#lib/cost/in-currency';
import type { BudgetVerdict } from '#lib/cost/budget';
import type { DocumentOrigin } from '#lib/cost/made-by';
import type { PriceQuality } from '#lib/cost/price-quality';
import type { Category } from '#lib/catalog/purchase';
import type { Band } from '#lib/units/band';

/**
 * One line of a bill. `monthlyUsd` is the line's monthly equivalent over the horizon: the present value of all its
 * cash, as an annuity. For a level monthly amount that is the amount itself (quantity × unit price), so the lines of a
 * bill add up to its total whether they are rent or capital.
 */
export interface LineItem {
  /** Stable and resource-shaped: `gpu-nodes.instance`. */
  readonly key: string;
  readonly label: string;
  readonly category: Category;
  readonly tangible: boolean;
  readonly quantity: number;
  readonly unit: string;
  /** `null` where there is no price: then the amounts are `null` too, never 0. */
  readonly unitPriceUsd: number | null;
  readonly monthlyUsd: number | null;
  readonly monthlyBandUsd: Band | null;
  readonly oneOffUsd: number | null;
  readonly presentValueUsd: number | null;
  /** The arithmetic in words and numbers. */
  readonly basis: string;
  readonly source: SourceReference | null;
  readonly resources: readonly string[];
  readonly state: 'priced' | 'free' | 'unpriced' | 'usage';
  /** True where a factor stands between the listed price and the one used. */
  readonly derived: boolean;
  /** True where the price is an assumption of the catalog rather than somebody's list price. */
  readonly assumed: boolean;
}

/** Money in time. What only forgoes a benefit (delay, downtime) moves none and is not in it. */
/** Money that is out so long before the launch. */
export interface PaidAhead {
  readonly days: number;
  readonly usd: number;
}

export interface CashFlow {
  /** USD that leave: index 0 by the launch, index t at the end of month t. Below 0 where a residual comes back. */
  readonly byMonthUsd: readonly number[];
  /** The same without people and other intangible lines. */
  readonly tangibleByMonthUsd: readonly number[];
  readonly monthZeroUsd: number;
  /** What of that is paid before the launch, the earliest first: a building, servers. */
  readonly beforeLaunch: readonly PaidAhead[];
  /** Most that is out at any time: the peak of the cumulative cash, less the stated benefit received by then. */
  readonly peakUsd: number;
}

/** From this month on so many GPU nodes stand. */
export interface FleetStep {
  readonly month: number;
  readonly nodes: number;
  readonly gpus: number;
}

/** What the growth of the traffic makes of a bill. */
export interface BilledGrowth {
  /** USD a month if traffic stayed as it is described and the fleet as it is deployed. */
  readonly withoutGrowthMonthlyUsd: number;
  /** The fleet by month, the deployed one first; empty where no fleet stands. */
  readonly fleet: readonly FleetStep[];
  /** A fleet stands and is not added to, whatever the traffic. */
  readonly stays: boolean;
}

/** What is paid for and does nothing; part of the total, for information. */
export interface Underuse {
  /** 1 − utilisation of the installed throughput. */
  readonly idleShare: number;
  /** That share of what the fleet costs whether it works or not. */
  readonly monthlyUsd: number;
}

export interface Totals {
  readonly monthlyUsd: Band;
  readonly tangibleMonthlyUsd: number;
  readonly intangibleMonthlyUsd: number;
  readonly oneOffUsd: number;
  readonly presentValueUsd: number;
  /** Present value of the stated benefit less that of all cost; `null` where no benefit is stated. */
  readonly netPresentValueUsd: number | null;
}

/** Two bills beside each other: the plan's and the one of the synthesized artifacts. */
export interface Reconciliation {
  readonly planMonthlyUsd: number;
  readonly artifactMonthlyUsd: number;
  readonly differences: readonly {
    readonly key: string;
    readonly plan: number | null;
    readonly artifact: number | null;
    readonly why: string;
  }[];
  readonly unaccountedResources: readonly string[];
}

/** Nodes that the bill pays for, and how much of them pods keep for themselves. */
export interface NodePoolShare {
  /** Key of the line that pays for them. */
  readonly key: string;
  readonly instanceType: string;
  /** Nodes that are billed. */
  readonly nodes: number;
  /** Nodes that the pods take; above `nodes` where the cluster would have to grow. */
  readonly takenNodes: number;
  /** `null` where the line has no price. */
  readonly monthlyUsd: number | null;
  readonly allocatedUsd: number | null;
  /** What nobody's requests take; with `allocatedUsd` it is `monthlyUsd`. */
  readonly idleUsd: number | null;
}

/** What the pods of one object keep of the nodes: a part of a pool's line, never an amount on top of it. */
export interface WorkloadShare {
  /** Address of the object. */
  readonly key: string;
  readonly kind: string;
  readonly namespace: string | null;
  readonly name: string;
  /** Low and high between what an autoscaler may leave and make. */
  readonly pods: { readonly low: number; readonly base: number; readonly high: number };
  /** Requests of one pod; `null` where only the deployment knows them. */
  readonly perPod: {
    readonly cpus: number;
    readonly memoryGib: number;
    readonly accelerators: number;
  } | null;
  /** Key of the pool whose nodes it stands on; `null` where none is known. */
  readonly pool: string | null;
  /** Nodes that its pods take together. */
  readonly nodes: number | null;
  /** Which of its requests is the largest share of a node. */
  readonly by: 'accelerators' | 'cpus' | 'memory' | null;
  /** Its part of the pool's line; `null` where it is unknown or only use decides it. */
  readonly monthlyUsd: number | null;
  /** What keeps its share open; empty where nothing does. */
  readonly why: string;
}

export interface NodeAllocation {
  readonly pools: readonly NodePoolShare[];
  readonly workloads: readonly WorkloadShare[];
}

/** `landfall/estimate/v1`. */
export interface Estimate {
  readonly schema: 'landfall/estimate/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  readonly target: string;
  readonly asOf: string;
  readonly horizonMonths: number;
  readonly lines: readonly LineItem[];
  readonly totals: Totals;
  readonly cash: CashFlow;
  /** What grows within the horizon. @default - traffic stays as it is described */
  readonly growth?: BilledGrowth;
  /** How the fleet follows its load. @default - all of it stands all month */
  readonly scaling?: ScalingPlan;
  /** Base load that is bought for a term. @default - none */
  readonly commitment?: CommitmentPlan;
  /** `null` where nothing was sized: what is paid by use does not idle. */
  readonly underuse: Underuse | null;
  /** True when a line has no price: then every total means "at least". */
  readonly atLeast: boolean;
  /**
   * What serves until the option is ready lacks prices: the totals mean "at least" by that alone. Options are still ranked,
   * since the same is missing of every wait. @default - it lacks none
   */
  readonly waitAtLeast?: true;
  readonly unpriced: readonly string[];
  /** Keys of the lines whose price is past the time for which its kind can be trusted. */
  readonly stale: readonly string[];
  readonly notes: readonly string[];
  /** How old and how firm the prices are that the money rests on. */
  readonly prices: PriceQuality;
  /** Totals in another currency, where one was asked for. */
  readonly inCurrency?: CurrencyTotals;
  /** Where the bill was held to one. */
  readonly budget?: BudgetVerdict;
  /** `null` where only one of the two bills was made. */
  readonly reconciliation: Reconciliation | null;
  /** What made the document. @default - a caller that keeps none */
  readonly madeBy?: DocumentOrigin | undefined;
  /** Of bills of artifacts with pods: how they share the nodes. */
  readonly allocation?: NodeAllocation;
}
