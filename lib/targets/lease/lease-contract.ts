import type { Prepaid, Purchase } from '#lib/catalog/purchase';
import type { LeasedSeller } from '#lib/targets/lease/leased-nodes';
import type { Market } from '#lib/targets/target';

const UPFRONT_SHARE = 'leased.contract.upfront-share';
const BREAK_SHARE = 'leased.contract.break-share';
export const RENEWAL_RATIO = 'leased.renewal.price-ratio-per-year';

type Contract = NonNullable<LeasedSeller['contract']>;

/** Least price of the terms within the horizon, as a share of the first: later terms are signed at the market's. */
export function leastTermShare(
  { termMonths, ratioPerYear }: Pick<Required<Prepaid>, 'termMonths' | 'ratioPerYear'>,
  { horizonMonths, prices }: Pick<Market, 'horizonMonths' | 'prices'>,
): number {
  const renewals = Math.max(0, Math.ceil(horizonMonths / termMonths) - 1);
  return Math.min(1, prices.assumption(ratioPerYear).base ** ((termMonths / 12) * renewals));
}

/**
 * Rent under a contract: a share of each term in advance, each later term at what the market then asks, and what leaving before the first term ends costs: a share of
 * the rent that is left, to which the advance for those months counts.
 */
export function contractPurchases(
  nodes: readonly Purchase[],
  { termMonths }: Contract,
  { horizonMonths, prices }: Pick<Market, 'horizonMonths' | 'prices'>,
  grows: boolean,
): Purchase[] {
  const prepaid = {
    termMonths,
    share: prices.assumption(UPFRONT_SHARE).base,
    shareAssumption: UPFRONT_SHARE,
    countsTowards: BREAK_SHARE,
    ratioPerYear: RENEWAL_RATIO,
  };
  const left = Math.max(0, termMonths - horizonMonths);
  // Each added server has a term of its own, which may outlast the horizon where that of the first does not.
  const counted = left === 0 && grows ? termMonths : left;
  return nodes.flatMap((purchase): Purchase[] => {
    if (purchase.kind !== 'recurring') return [purchase];
    const rent = { ...purchase, prepaid };
    if (counted === 0) return [rent];
    const { quantityPerMonth, quantityBand } = purchase;
    return [
      rent,
      {
        kind: 'assumed',
        key: purchase.key.replace('.lease', '.contract-break'),
        label: 'Leaving the lease early',
        category: 'exit',
        tangible: true,
        quantity: quantityPerMonth * counted,
        ...(quantityBand === undefined
          ? {}
          : { quantityBand: { low: quantityBand.low * counted, high: quantityBand.high * counted } }),
        unit: purchase.price.unit,
        assumptions: [BREAK_SHARE],
        shareOf: purchase.price,
        when: 'at-end',
        follows: { by: 'nodes', leftOfTerm: { termMonths, countedMonths: counted } },
        basis:
          left === 0
            ? `rent of the ${termMonths} months of a term, as far as those of added servers outlast the horizon, at a share`
            : `rent of the ${left} months left of ${termMonths}, at a share`,
        resources: [],
      },
    ];
  });
}
