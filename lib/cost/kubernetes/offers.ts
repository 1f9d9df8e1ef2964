import { own } from '#lib/artifacts/json';
import { acceleratorOf } from '#lib/catalog/accelerator-slices';
import { memoryGib } from '#lib/catalog/accelerators';
import { awsSeller } from '#lib/catalog/aws-sellers';
import type { Catalog } from '#lib/catalog/catalog';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { PriceBook } from '#lib/catalog/prices';
import type { BoughtPool } from '#lib/cost/kubernetes/bought-pools';
import { meetsTerm } from '#lib/cost/kubernetes/label-terms';
import type { NodeTraits } from '#lib/cost/kubernetes/node-labels';
import { PRODUCT_LABELS, productLabels, SIZE_LABELS, sizeLabels } from '#lib/cost/kubernetes/size-labels';

export interface BuyingContext {
  readonly nodeSizes: () => ReadonlyMap<string, NodeSize>;
  /** What GPUs a type has, and what models need of them. */
  readonly catalog: Pick<Catalog, 'models' | 'instances' | 'accelerators' | 'slices'>;
  readonly prices: PriceBook;
  readonly region: string;
}

/** A type that a pool may buy, at a price that is known. */
export interface Offer {
  readonly size: NodeSize;
  readonly term: 'on-demand' | 'spot';
  readonly usdPerHour: number;
  readonly traits: NodeTraits;
  /**
   * Memory of each of its GPUs, or of a slice of it, in GiB: `null` where they cannot be cut so, `undefined` where nobody
   * states it.
   */
  readonly gpuGib: (slice: string | null) => number | null | undefined;
}

const MIB_PER_GIB = 1024;

const CAPACITY_TYPE = 'karpenter.sh/capacity-type';

/** Keys of labels that any type has: a term with another key says nothing of a type. */
export const OFFER_LABELS: readonly string[] = [...SIZE_LABELS, ...PRODUCT_LABELS, CAPACITY_TYPE];

/** Types of a pool that have a price in the region. */
export function offersOf(
  pool: BoughtPool,
  { nodeSizes, catalog, prices, region }: BuyingContext,
): readonly Offer[] {
  const known = new Set(OFFER_LABELS);
  const terms = pool.requirements.filter((term) => known.has(keyOf(term)) && keyOf(term) !== CAPACITY_TYPE);
  const seller = awsSeller(region);
  return [...nodeSizes().values()].flatMap((size): Offer[] => {
    const labels = labelsOf(size, catalog);
    if (!terms.every((term) => meetsTerm(term, labels.get(keyOf(term))))) return [];
    return pool.terms.flatMap((term): Offer[] => {
      const usdPerHour = usdOf(prices, { seller, sku: size.id, region, term });
      if (usdPerHour === null) return [];
      const traits = {
        labels: new Map([...labels, [CAPACITY_TYPE, term], ...pool.labels]),
        taints: pool.taints,
      };
      const gpuGib = (slice: string | null) => gibOf(size, slice, catalog);
      return [{ size, term, usdPerHour, traits, gpuGib }];
    });
  });
}

/** Labels of a type do not change, and every pool asks for those of all types. */
const LABELS = new WeakMap<NodeSize, ReadonlyMap<string, string>>();

function labelsOf(size: NodeSize, catalog: BuyingContext['catalog']): ReadonlyMap<string, string> {
  let labels = LABELS.get(size);
  if (labels === undefined) {
    LABELS.set(size, (labels = new Map([...sizeLabels(size), ...productLabels(size, catalog)])));
  }
  return labels;
}

/** By book, since each has prices of its own. */
const PRICES = new WeakMap<PriceBook, Map<string, number | null>>();

function usdOf(
  prices: PriceBook,
  of: {
    readonly seller: string;
    readonly sku: string;
    readonly region: string;
    readonly term: Offer['term'];
  },
): number | null {
  const known = PRICES.get(prices) ?? new Map<string, number | null>();
  PRICES.set(prices, known);
  const key = `${of.seller} ${of.sku} ${of.region} ${of.term}`;
  let usd = known.get(key);
  if (usd === undefined) {
    const service = of.term === 'spot' ? 'ec2-spot' : 'ec2';
    const price = prices.price({ ...of, service, unit: 'instance-hour' });
    known.set(key, (usd = price.state === 'priced' ? price.usd.base : null));
  }
  return usd;
}

/** Memory of a GPU of a type, or of a slice of it, in GiB. */
export function gibOf(
  { id, gpuMemoryMib }: NodeSize,
  profile: string | null,
  { instances, accelerators, slices }: BuyingContext['catalog'],
): number | null | undefined {
  if (profile === null) return gpuMemoryMib === undefined ? undefined : gpuMemoryMib / MIB_PER_GIB;
  const accelerator = accelerators.get(instances.get(id)?.accelerator ?? '');
  const slice = slices().get(`${accelerator?.id}-${profile}`);
  return accelerator === undefined || slice === undefined
    ? null
    : memoryGib(acceleratorOf(slice, accelerator));
}

function keyOf(term: unknown): string {
  const key = own(term, 'key');
  return typeof key === 'string' ? key : '';
}
