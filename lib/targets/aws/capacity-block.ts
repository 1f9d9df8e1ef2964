import type { Prepaid, Purchase } from '#lib/catalog/purchase';

/** Each block is paid as it is ordered, lasts 182 days at most, and is followed by one at the rates of then. */
export const CAPACITY_BLOCK: Prepaid & { readonly ratioPerYear: string } = {
  termMonths: 6,
  share: 1,
  ratioPerYear: 'capacity-block.renewal.price-ratio-per-year',
};

/** What is bought of this service, block after block; all else as it is. */
export function asBlocks(purchases: readonly Purchase[], service: string): Purchase[] {
  return purchases.map((purchase) =>
    purchase.kind === 'recurring' && purchase.price.service === service
      ? { ...purchase, prepaid: CAPACITY_BLOCK }
      : purchase,
  );
}
