import type { PriceReference } from '#lib/catalog/prices';

/** Groups of a bill. Intangible ones are kept apart by `tangible` on the line. */
export const CATEGORIES = [
  'compute',
  'models',
  'storage',
  'network',
  'software',
  'hardware',
  'space',
  'power',
  'maintenance',
  'retrieval',
  'platform',
  'people',
  'delay',
  'downtime',
  'support',
  'insurance',
  'exit',
  'risk',
  'compliance',
  'tax',
] as const;
export type Category = (typeof CATEGORIES)[number];

/**
 * How a purchase follows a fleet that grows: its quantity is that of the deployed fleet, and of each month a multiple of
 * it. Without growth it is what it would be without this.
 */
export type FollowsFleet =
  | {
      /** By the nodes that stand. */
      readonly by: 'nodes';
      /** Bought under a term: each addition owes at the horizon the months that are left of its first. */
      readonly leftOfTerm?: {
        readonly termMonths: number;
        /** Months that the quantity counts. */
        readonly countedMonths: number;
      };
      /** Of the additions, those with so many months until the horizon. @default - all of them */
      readonly monthsLeft?: { readonly atLeast?: number; readonly lessThan?: number };
      /** The deployed nodes are in another line. @default false */
      readonly additionsOnly?: true;
    }
  /**
   * By the traffic itself, whatever the fleet does: whole servers for their own load and some beyond it. Never fewer than
   * the `deployed` ones that the quantity is of, nor than the month before.
   */
  | ({ readonly by: 'own-load'; readonly deployed: number } & OwnLoad)
  /** By the square root of the nodes: a project that grows with them. */
  | { readonly by: 'root-of-nodes' }
  /** By the most nodes of each year of twelve months from the launch, which is built at the year's start. */
  | { readonly by: 'nodes-of-the-year' }
  /** Paid in the months in which the fleet has so many GPUs; `null` is without end. */
  | { readonly by: 'gpus-between'; readonly from: number; readonly upTo: number | null };

/** Servers that a load of their own asks for: a model that only reads. */
export interface OwnLoad {
  /** Servers that the peak of the described traffic takes, not rounded. */
  readonly perDescribedPeak: number;
  /** Beyond those, whatever the load: one that may fail. */
  readonly beyondLoad: number;
}

interface PurchaseBase {
  /** Stable, resource-shaped, kebab-case with dots: `gpu-nodes.instance`, `cluster.control-plane`. Unique in a plan. */
  readonly key: string;
  readonly label: string;
  readonly category: Category;
  /** Where the quantity comes from, in words and numbers: `3 nodes × 730 h`. */
  readonly basis: string;
  /** Addresses of the synthesized resources this pays for; empty for people and energy. */
  readonly resources: readonly string[];
  /** @default - the quantity stays as the fleet grows */
  readonly follows?: FollowsFleet;
}

export interface Prepaid {
  readonly termMonths: number;
  readonly share: number;
  /** The assumption that the share comes from. @default - the share is no assumption */
  readonly shareAssumption?: string;
  /**
   * The assumption of which share of the months that the horizon leaves of the first term is owed then, in another line:
   * the advance for these months counts towards it. @default - the horizon leaves none, or the advance is lost
   */
  readonly countsTowards?: string;
  /** The assumption of what a term costs that is signed a year later, as a ratio. @default - the same */
  readonly ratioPerYear?: string;
}

/** Bought every month at a level quantity: nodes, storage, a control plane. */
export interface RecurringPurchase extends PurchaseBase {
  readonly kind: 'recurring';
  readonly quantityPerMonth: number;
  /** The quantity if the fleet had to be as small or as large as the sizing's doubt allows. */
  readonly quantityBand?: { readonly low: number; readonly high: number };
  readonly price: PriceReference;
  /** Factor on the list price that the term brings (a savings-plan ratio), by its own price record. */
  readonly priceFactor?: PriceReference;
  /** A contract that takes a share of each term in advance. @default - all of it is paid month by month */
  readonly prepaid?: Prepaid;
  /** Of things that come and go within the month, so that no resource states the quantity. @default - they stand */
  readonly comesAndGoes?: true;
  /** Due once, at the horizon: what a commitment that outlives it still asks for. @default - every month */
  readonly when?: 'at-end';
}

/** Hours of a month that are alike, and what the described traffic asks of copies in them. */
export interface CopyHours {
  readonly hoursPerMonth: number;
  /** Copies that the load takes, not rounded. */
  readonly copies: number;
  /** Requests that come while one window of the bill lasts, as a mean. */
  readonly requestsPerWindow: number;
}

/** Bought by use: tokens, queries. Grows with the traffic. */
export interface UsagePurchase extends PurchaseBase {
  readonly kind: 'usage';
  /** In the first month. */
  readonly quantityPerMonth: number;
  /** The quantity at the ends of what is known of it. @default - traffic alone decides it */
  readonly quantityBand?: { readonly low: number; readonly high: number };
  readonly price: PriceReference;
  /** Copies of a model that are paid while they are awake: whole ones, none where nobody asks. @default - follows the traffic in proportion */
  readonly inCopies?: readonly CopyHours[];
}

/** Bought once and owned: servers. Refreshed at the end of its life, with a residual value at the horizon. */
export interface CapitalPurchase extends PurchaseBase {
  readonly kind: 'capital';
  readonly quantity: number;
  readonly quantityBand?: { readonly low: number; readonly high: number };
  readonly price: PriceReference;
  /** The assumption of which share of the price is bought: power and cooling of a building that stands. @default - all */
  readonly priceShare?: string;
  /** Assumptions added to the price as shares of it: the fabric, the spare pool. @default - none */
  readonly surcharges?: readonly string[];
  /**
   * The assumption, in days, of how long before the launch the deployed quantity is paid: its lead time. Additions are
   * paid when they stand. @default - paid at the launch
   */
  readonly paidBefore?: string;
  readonly lifeMonths: number;
  /** The assumption, in years, that the life comes from. @default - the life is no assumption */
  readonly lifeAssumption?: string;
  /**
   * Value at the horizon: `server`, the second-hand share at that age (`server.residual.share-<months>`);
   * `straight-line`, the book value over its life; `annuity`, what is still owed when the price is paid off in equal
   * amounts over the life (a building: each month used bears one amount); `none`.
   */
  readonly residual: 'server' | 'straight-line' | 'annuity' | 'none';
}

/** An assumption (not a price) times a quantity: power, space, people, maintenance. */
export interface AssumedPurchase extends PurchaseBase {
  readonly kind: 'assumed';
  readonly tangible: boolean;
  readonly quantity: number;
  readonly quantityBand?: { readonly low: number; readonly high: number };
  /** Unit of the quantity: `kWh`, `FTE-month`. */
  readonly unit: string;
  /** Product of these assumptions is the unit price: `['electricity.us.usd-per-kwh', 'facility.pue']`. */
  readonly assumptions: readonly string[];
  /** Assumptions whose sum multiplies the unit price too: the effort of each layer that one operates. @default - none */
  readonly sumOf?: readonly string[];
  /** A listed price that the assumptions are shares of; it multiplies the unit price, and without it there is none. */
  readonly shareOf?: PriceReference;
  /** With `shareOf`: assumptions added to that price as shares of it, as for capital. @default - none */
  readonly surcharges?: readonly string[];
  /** `once` is at the launch, `at-end` at the horizon. */
  readonly when: 'monthly' | 'once' | 'at-end';
  /** With `once`: bought again every so many months until the horizon. @default - never again */
  readonly everyMonths?: number;
  /** The quantity is that of a month of the described traffic and follows it. @default - traffic has no part in it */
  readonly byUse?: true;
  /** With `byUse` and `at-end`: the assumption of how many months before the horizon the price is for. */
  readonly keptMonths?: string;
}

/** Costs nothing, for a stated reason; kept so that nothing is left out of the bill. */
export interface FreePurchase extends PurchaseBase {
  readonly kind: 'free';
  readonly why: string;
}

/** True of what is paid by use: more traffic takes more of it. */
export function isByUse(purchase: Purchase): boolean {
  return purchase.kind === 'usage' || (purchase.kind === 'assumed' && purchase.byUse === true);
}

/** True of use that comes in whole copies: a little more traffic may take no more of it. */
export function isInCopies(purchase: Purchase): boolean {
  return purchase.kind === 'usage' && purchase.inCopies !== undefined;
}

/** What a plan decided to buy. Quantities are decided here; prices are looked up by the bill. */
export type Purchase = RecurringPurchase | UsagePurchase | CapitalPurchase | AssumedPurchase | FreePurchase;
