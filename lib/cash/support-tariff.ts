import { priceId, type PriceBook, type PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';

const SELLER = 'aws';

/** One marginal share, from a monthly cost upwards. */
export interface Tier {
  readonly fromUsd: number;
  readonly share: number;
}

/** Where the figures of a support plan stand: the share of each tier, and the least that a month costs. */
export interface SupportTariff {
  readonly tiers: readonly { readonly fromUsd: number; readonly share: PriceReference }[];
  readonly minimum: PriceReference;
}

/** Support plans charge for what is bought of their seller. */
export function isCovered(purchase: Purchase): boolean {
  return 'price' in purchase && purchase.price.seller === SELLER;
}

export function supportTariff(plan: string, prices: PriceBook): SupportTariff {
  const tiers = prices
    .listed({ seller: SELLER, service: 'support' })
    .flatMap(({ sku, unit }) => {
      const from = /^(\w+) from (\d+) USD$/.exec(sku);
      return from?.[1] === plan ? [{ fromUsd: Number(from[2]), share: referenceTo(sku, unit) }] : [];
    })
    .toSorted((a, b) => a.fromUsd - b.fromUsd);
  if (tiers.length === 0) throw new Error(`no tiers of the plan ${plan}`);
  return { tiers, minimum: referenceTo(`${plan} minimum`, 'plan-month') };
}

function referenceTo(sku: string, unit: string): PriceReference {
  return { seller: SELLER, service: 'support', sku, region: '*', term: 'on-demand', unit };
}

/** What a plan charges for a month of `costUsd`: marginal shares by tier, at least the minimum; 0 where nothing is bought. */
export function supportUsd(costUsd: number, tiers: readonly Tier[], minimumUsd: number): number {
  if (costUsd <= 0) return 0;
  let charged = 0;
  for (const [index, { fromUsd, share }] of tiers.entries()) {
    const to = tiers[index + 1]?.fromUsd ?? Number.POSITIVE_INFINITY;
    charged += share * Math.max(0, Math.min(costUsd, to) - fromUsd);
  }
  return Math.max(minimumUsd, charged);
}

/** A listed figure of the tariff; its records are in the catalog. */
export function tariffPrice(reference: PriceReference, prices: PriceBook) {
  const price = prices.price(reference);
  if (price.state === 'unpriced') throw new Error(`no price ${priceId(reference)}`);
  return { usd: price.usd.base, source: price.source };
}
