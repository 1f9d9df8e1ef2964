import type { Purchase } from '#lib/catalog/purchase';
import { danger, type Danger } from '#lib/diff/dangers/danger';
import type { Plan } from '#lib/plan/plan';
import { grouped } from '#lib/units/grouped';

/** Terms that bind one to pay for longer than one uses. */
const COMMITTED = /^(reserved|contract|commitment|capacity-block|savings)/;

/** What a purchase binds one to. */
interface Binding {
  readonly key: string;
  /** Equal for what can take each other's place under one commitment. */
  readonly what: string;
  readonly quantity: number;
  readonly words: string;
}

/** Money that is bound anew, or more of it. What is bound already, or no longer, is none. */
export function commitments(from: Pick<Plan, 'purchases'>, to: Pick<Plan, 'purchases'>): Danger[] {
  const before = from.purchases.flatMap(bindingOf);
  const held = new Map<string, number>();
  for (const { what, quantity } of before) held.set(what, (held.get(what) ?? 0) + quantity);
  const byKey = new Map(before.map(({ key, words }) => [key, words]));
  return to.purchases.flatMap(bindingOf).flatMap(({ key, what, quantity, words }) => {
    const left = (held.get(what) ?? 0) - quantity;
    held.set(what, Math.max(0, left));
    // Quantities are products of floating point.
    if (left >= -1e-6 * quantity) return [];
    return [danger('commitment', key, [byKey.get(key) ?? 'none', words], `purchases[${key}]`)];
  });
}

function bindingOf(purchase: Purchase): Binding[] {
  const { key } = purchase;
  if (purchase.kind === 'capital') {
    const { price, priceShare = 'all of it', quantity } = purchase;
    return [
      {
        key,
        what: `bought ${price.sku}, ${priceShare}`,
        quantity,
        words: `${quantity} × ${price.sku} bought`,
      },
    ];
  }
  // What leaving costs follows from the commitment, and is none.
  if (purchase.kind !== 'recurring' || purchase.category === 'exit') return [];
  const { price, priceFactor, prepaid, quantityPerMonth: quantity } = purchase;
  const named = [price.term, priceFactor?.term].find((name) => name !== undefined && COMMITTED.test(name));
  const term = named ?? (prepaid === undefined ? undefined : `${prepaid.termMonths} months in advance`);
  if (term === undefined) return [];
  const { sku, unit } = price;
  const words = `${term}: ${grouped(quantity)} ${unit}s a month of ${sku}`;
  return [{ key, what: `${term} ${sku}`, quantity, words }];
}
