import { awsSeller } from '#lib/catalog/aws-sellers';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { AddedNodes } from '#lib/targets/purchases/node-hours';
import { awsOnDemand, referenceOf } from '#lib/targets/purchases/price-references';
import type { PlacedFleet } from '#lib/targets/target';

/** Terms of the savings plans that are paid by the month, as an option names them. */
export const SAVINGS_PLANS = {
  'savings-plan-1y': { factorTerm: 'reserved-1y', termMonths: 12 },
  'savings-plan-3y': { factorTerm: 'reserved-3y', termMonths: 36 },
} as const;

/**
 * The share of the on-demand price that a term leaves, by its own record: of the type, else of another size of its family,
 * here or in another region. The reference as it stands, which is unpriced, where nobody publishes one.
 *
 * @param sku - Instance type: `p5.48xlarge`, or `ml.p5.48xlarge`, which has plans of its own
 */
export function planFactor(
  prices: PriceBook,
  sku: string,
  factorTerm: string,
  region: string,
): PriceReference {
  const family = sku.slice(0, sku.lastIndexOf('.') + 1);
  const records = prices
    .listed({ seller: awsSeller(region), service: 'savings-plan-factor', term: factorTerm })
    .filter((each) => each.sku.startsWith(family));
  const here = records.filter((each) => each.region === region);
  const record = here.find((each) => each.sku === sku) ?? here[0] ?? records[0];
  return record === undefined
    ? { ...awsOnDemand('savings-plan-factor', sku, region, 'ratio'), term: factorTerm }
    : referenceOf(record);
}

/**
 * What is added under a savings plan is committed to where the plan, paid to its end, costs no more than the hours until
 * the horizon; later additions are bought on demand.
 *
 * @param termMonths - Of the plan; `null` where the fleet is bought otherwise
 * @param service - Whose on-demand price an hour then has
 */
export function additionsOf(
  fleet: PlacedFleet,
  termMonths: number | null,
  { service, region }: { readonly service: string; readonly region: string },
  prices: PriceBook,
): AddedNodes | undefined {
  const offering = fleet.nodes[0]?.offering;
  if (fleet.grows !== true || termMonths === null || offering?.hourly.state !== 'priced') return undefined;
  const price = awsOnDemand(service, offering.shape, region, 'instance-hour');
  const hourly = prices.price(price);
  if (hourly.state === 'unpriced') return undefined;
  const { priceFactor: _, ...node } = offering;
  return {
    byTheHour: { ...node, id: `${offering.shape}/on-demand`, purchase: 'on-demand', hourly, price },
    termPaysFromMonths: Math.ceil((termMonths * offering.hourly.usd.base) / hourly.usd.base),
  };
}
