import type { ReadResource } from '#lib/artifacts/unresolved';
import type { PriceReference } from '#lib/catalog/prices';
import type { Category } from '#lib/catalog/purchase';

/** One line that a resource adds to a bill. */
export interface Component {
  /** Unique within its resource: `instance`, `root-volume`. */
  readonly key: string;
  readonly label: string;
  readonly category: Category;
  readonly price: PriceReference;
  /** `null` where only usage decides it. */
  readonly quantityPerMonth: number | null;
  /** True where the load decides how much is used beyond this. @default - false */
  readonly isFloor?: boolean;
  /** Where the quantity comes from, in words and numbers. */
  readonly basis: string;
}

/** What a resource costs: its lines, nothing for a reason, or nobody knows for a reason. Never silence. */
export type ResourceCost =
  | { readonly state: 'components'; readonly components: readonly Component[] }
  | { readonly state: 'free'; readonly why: string }
  | { readonly state: 'unpriced'; readonly why: string };

/** What a resource's cost may depend on beside itself. */
export interface PricingContext {
  /** Region of the resource. */
  readonly region: string;
  /** Hours of a month. */
  readonly hours: number;
  readonly find: (address: string) => ReadResource | undefined;
}

/** How resources of some types are priced. One for each kind of resource, whatever declares it. */
export interface ResourcePricing {
  /** `AWS::EC2::NatGateway`, `aws_nat_gateway`. */
  readonly types: readonly string[];
  readonly cost: (resource: ReadResource, context: PricingContext) => ResourceCost;
}

export function components(...list: readonly (Component | null)[]): ResourceCost {
  return { state: 'components', components: list.filter((each) => each !== null) };
}

export function free(why: string): ResourceCost {
  return { state: 'free', why };
}

/** A price of AWS on demand. */
export function aws(service: string, sku: string, unit: string, { region }: PricingContext): PriceReference {
  return { seller: 'aws', service, sku, region, term: 'on-demand', unit };
}
