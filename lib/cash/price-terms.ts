import type { PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';

/** One factor of a unit price. A sum is `constant` + the values of its assumptions. */
export type PriceTerm =
  | { readonly kind: 'price'; readonly reference: PriceReference }
  | { readonly kind: 'assumption'; readonly id: string }
  | { readonly kind: 'sum'; readonly constant: number; readonly ids: readonly string[] };

/**
 * What one unit of a purchase costs, as the product of these terms: the bill and the bill as a function of its inputs
 * both multiply them, so that they cannot differ.
 */
export function priceTerms(purchase: Exclude<Purchase, { kind: 'free' }>): readonly PriceTerm[] {
  switch (purchase.kind) {
    case 'assumed':
      return [
        ...(purchase.sumOf === undefined ? [] : [{ kind: 'sum', constant: 0, ids: purchase.sumOf } as const]),
        ...purchase.assumptions.map((id) => ({ kind: 'assumption', id }) as const),
        ...(purchase.shareOf === undefined ? [] : [{ kind: 'price', reference: purchase.shareOf } as const]),
        ...surchargeTerms(purchase),
      ];
    case 'usage':
      return [{ kind: 'price', reference: purchase.price }];
    case 'recurring':
      return [
        { kind: 'price', reference: purchase.price },
        ...(purchase.priceFactor === undefined
          ? []
          : [{ kind: 'price', reference: purchase.priceFactor } as const]),
      ];
  }
  return [
    { kind: 'price', reference: purchase.price },
    ...(purchase.priceShare === undefined ? [] : [{ kind: 'assumption', id: purchase.priceShare } as const]),
    ...surchargeTerms(purchase),
  ];
}

function surchargeTerms({ surcharges = [] }: { readonly surcharges?: readonly string[] }): PriceTerm[] {
  return surcharges.length === 0 ? [] : [{ kind: 'sum', constant: 1, ids: surcharges }];
}
