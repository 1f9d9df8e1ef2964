import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { staleness, type Staleness } from '#lib/catalog/staleness';
import type { LineItem } from '#lib/cost/estimate';

/** Oldest and newest dates among the listed prices of these lines; `null` where none is listed. */
export function priceDates(lines: readonly LineItem[]): { oldest: string | null; newest: string | null } {
  // `2026` sorts before `2026-01`: a date without a month counts from its first day.
  const dates = lines
    .filter((line) => !line.assumed)
    .flatMap((line) => line.source?.asOf ?? [])
    .toSorted();
  return { oldest: dates[0] ?? null, newest: dates.at(-1) ?? null };
}

interface Aged {
  readonly key: string;
  readonly age: Staleness;
}

/** Notes on listed prices that are past the time for which their kind can be trusted, the stale ones apart. */
export function ageNotes(
  purchases: readonly Purchase[],
  lines: readonly LineItem[],
  prices: PriceBook,
  asOf: string,
): string[] {
  const byKey = new Map(lines.map((line) => [line.key, line]));
  const aged = purchases.flatMap((purchase): Aged[] => {
    const source = byKey.get(purchase.key)?.source;
    if (!('price' in purchase) || source == null || source.method === 'override') return [];
    const fact = { ...purchase.price, ...acceleratorOf(purchase.price, prices), asOf: source.asOf };
    return [{ key: purchase.key, age: staleness(fact, asOf) }];
  });
  const those = (state: Staleness['state']) => aged.filter(({ age }) => age.state === state);
  return [
    ...note('prices too old to trust', those('stale'), 'staleDays'),
    ...note('prices worth another look', those('warn'), 'warnDays'),
  ];
}

function note(title: string, aged: readonly Aged[], limit: 'warnDays' | 'staleDays'): string[] {
  if (aged.length === 0) return [];
  const each = aged.map(({ key, age }) => `${key} (${age.ageDays} days, limit ${age.class[limit]})`);
  return [`${title}: ${each.join(', ')}`];
}

/** GPU instances age faster than other instances of the same service. */
function acceleratorOf({ seller, service, sku, term }: PriceReference, prices: PriceBook) {
  const accelerator = prices
    .listed({ seller, service, term })
    .find((record) => record.sku === sku)?.accelerator;
  return accelerator === undefined ? {} : { accelerator };
}
