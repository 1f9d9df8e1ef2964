import { awsSeller } from '#lib/catalog/aws-sellers';
import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PriceReference } from '#lib/catalog/prices';
import type { Category } from '#lib/catalog/purchase';
import type { ClusterFacts } from '#lib/cost/kubernetes/cluster';
import type { BilledTime } from '#lib/cost/resources/billed-time';
import { notShown } from '#lib/cost/resources/open-fact';
import { hasClass } from '#lib/cost/resources/plain-word';

/** One line that a resource adds to a bill. */
export interface Component {
  /** Unique within its resource: `instance`, `root-volume`. */
  readonly key: string;
  readonly label: string;
  readonly category: Category;
  /** Of the first step, where the price has a ladder: the bill finds the others. */
  readonly price: PriceReference;
  /** `null` where only usage decides it. */
  readonly quantityPerMonth: number | null;
  /** Where use may be stated as runs of a duration too. @default - only as an amount */
  readonly perRun?: PerRun;
  /** True where the load decides how much is used beyond this. @default - false */
  readonly isFloor?: boolean;
  /** Resources of one group have this once between them, the largest of theirs. @default - each its own */
  readonly sharedBy?: string;
  /** Where the quantity comes from, in words and numbers. */
  readonly basis: string;
  /** The dearest of what may be bought in its place: how high the line may come. @default - nothing else may be bought */
  readonly upTo?: Pick<Component, 'price' | 'quantityPerMonth'>;
  /** Where the artifacts do not state the quantity: it follows from what they state, or from what is usual. @default - they do */
  readonly quantityIs?: 'derived' | 'assumed';
}

/** What one run uses, and how its time is rounded. */
export interface PerRun {
  /** Of the price's unit, in one billed second. */
  readonly unitsPerSecond: number;
  readonly time: BilledTime;
}

/** What a resource costs: its lines, nothing for a reason, or nobody knows for a reason. Never silence. */
export type ResourceCost =
  | {
      readonly state: 'components';
      readonly components: readonly Component[];
      /** What of it nobody knows beside them, and why. @default - nothing */
      readonly open?: string;
    }
  | { readonly state: 'free'; readonly why: string }
  | { readonly state: 'unpriced'; readonly why: string };

/** What a resource's cost may depend on beside itself. */
export interface PricingContext {
  /** Region of the resource. */
  readonly region: string;
  /** Why nothing can stand there. @default - it is a region, or nobody says which there are */
  readonly noSuchRegion?: string | undefined;
  /** Hours of a month. */
  readonly hours: number;
  /** Day for which the bill is made: `2026-11-23`. */
  readonly asOf: string;
  readonly find: (address: string) => ReadResource | undefined;
  /** Resources of some types: those that point to one are known to no property of it. */
  readonly ofTypes: (types: readonly string[]) => readonly ReadResource[];
  /** USD that a unit costs, where only the cheapest of several is bought; `null` without a price. */
  readonly usdOf: (price: PriceReference) => number | null;
  /** Types of EC2 by what they have, for those that are asked for by their attributes. */
  readonly nodeSizes: () => ReadonlyMap<string, NodeSize>;
  /** Of Kubernetes objects. */
  readonly cluster: ClusterFacts;
}

/** How resources of some types are priced. One for each kind of resource, whatever declares it. */
export interface ResourcePricing {
  /** `AWS::EC2::NatGateway`, `aws_nat_gateway`. */
  readonly types: readonly string[];
  /** True where components of its resources may be `sharedBy` a group. @default - false */
  readonly shares?: true;
  readonly cost: (resource: ReadResource, context: PricingContext) => ResourceCost;
}

export function components(...list: readonly (Component | null)[]): ResourceCost {
  return { state: 'components', components: isWhole(list) ? list : list.filter((each) => each !== null) };
}

function isWhole(list: readonly (Component | null)[]): list is readonly Component[] {
  return !list.includes(null);
}

export function free(why: string): ResourceCost {
  return { state: 'free', why };
}

export function unpriced(why: string): ResourceCost {
  return { state: 'unpriced', why };
}

/** What follows from the context alone is made once for it: an app has thousands of resources that cost the same. */
export function perContext<T>(make: (context: PricingContext) => T): (context: PricingContext) => T {
  const known = new WeakMap<PricingContext, T>();
  return (context) => {
    let made = known.get(context);
    if (made === undefined) known.set(context, (made = make(context)));
    return made;
  };
}

/**
 * A price of AWS on demand.
 *
 * @throws OpenFact for hours of instances whose class has not the form of one
 */
export function aws(service: string, sku: string, unit: string, { region }: PricingContext): PriceReference {
  if (unit === 'instance-hour' && !hasClass(sku)) throw notShown('its class');
  return { seller: awsSeller(region), service, sku, region, term: 'on-demand', unit };
}

/** A component that only usage decides. */
export function used(
  key: string,
  label: string,
  price: PriceReference,
  category: Category = 'network',
  perRun?: PerRun,
): Component {
  const runs = perRun === undefined ? {} : { perRun };
  return { key, label, category, price, quantityPerMonth: null, basis: 'by use', ...runs };
}

/** A component that stands all month: hours of it, times `count`. */
export function standing(
  key: string,
  label: string,
  price: PriceReference,
  category: Category,
  { hours }: PricingContext,
  count = 1,
): Component {
  const basis = count === 1 ? `${hours} h` : `${count} × ${hours} h`;
  return { key, label, category, price, quantityPerMonth: count * hours, basis };
}

/** A component of an amount that the artifact states: GB provisioned, rules, keys. */
export function stated(
  key: string,
  label: string,
  price: PriceReference,
  category: Category,
  quantityPerMonth: number,
  basis = `${quantityPerMonth} each month`,
): Component {
  return { key, label, category, price, quantityPerMonth, basis };
}
