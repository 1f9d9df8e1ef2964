import type { Purchase } from '#lib/catalog/purchase';
import type { LeasedSeller } from '#lib/targets/leased-nodes';
import type { Market } from '#lib/targets/target';

const UPFRONT_SHARE = 'leased.contract.upfront-share';

/**
 * Rent under a contract: a share of each term in advance, and what leaving before the first term ends costs: a share of
 * the rent that is left.
 */
export function contractPurchases(
  nodes: readonly Purchase[],
  { termMonths }: NonNullable<LeasedSeller['contract']>,
  { horizonMonths, prices }: Pick<Market, 'horizonMonths' | 'prices'>,
): Purchase[] {
  const prepaid = {
    termMonths,
    share: prices.assumption(UPFRONT_SHARE).base,
    shareAssumption: UPFRONT_SHARE,
  };
  const left = Math.max(0, termMonths - horizonMonths);
  return nodes.flatMap((purchase): Purchase[] => {
    if (purchase.kind !== 'recurring') return [purchase];
    const rent = { ...purchase, prepaid };
    if (left === 0) return [rent];
    const { quantityPerMonth, quantityBand } = purchase;
    return [
      rent,
      {
        kind: 'assumed',
        key: purchase.key.replace('.lease', '.contract-break'),
        label: 'Leaving the lease early',
        category: 'exit',
        tangible: true,
        quantity: quantityPerMonth * left,
        ...(quantityBand === undefined
          ? {}
          : { quantityBand: { low: quantityBand.low * left, high: quantityBand.high * left } }),
        unit: purchase.price.unit,
        assumptions: ['leased.contract.break-share'],
        shareOf: purchase.price,
        when: 'at-end',
        basis: `rent of the ${left} months left of ${termMonths}, at a share`,
        resources: [],
      },
    ];
  });
}
