import type { PriceBook } from '#lib/catalog/prices';
import type { BomLine, CountedBesideBill, PartGroup } from '#lib/facility/bom';
import type { Plan } from '#lib/plan/plan';
import { addBands, mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** Groups of parts that the bill takes as a share of the servers. */
const SHARES: readonly { readonly group: PartGroup; readonly what: string; readonly assumption: string }[] = [
  { group: 'network', what: 'network', assumption: 'hardware.network-share' },
  { group: 'spares', what: 'spares', assumption: 'hardware.spare-share' },
];

/** Counted parts beside the share that the bill adds to the price of the servers for them. */
export function besideBill(lines: readonly BomLine[], plan: Plan, prices: PriceBook): CountedBesideBill[] {
  const surcharges = new Set(
    plan.purchases.flatMap((one) => (one.kind === 'capital' ? (one.surcharges ?? []) : [])),
  );
  const servers = lines.find(({ key }) => key === 'servers.gpu')?.usd ?? null;
  if (servers === null) return [];
  return SHARES.filter(({ assumption }) => surcharges.has(assumption)).map(({ group, what, assumption }) => {
    const counted = lines.filter((line) => line.group === group);
    const share = prices.assumption(assumption);
    return {
      what,
      countedUsd: mapBand(addBands(counted.flatMap(({ usd }) => usd ?? [])), roundUsd),
      atLeast: counted.some(({ state }) => state === 'unpriced'),
      billedUsd: product(servers, share),
      billedAs: `${assumption}: ${Math.round(share.base * 100)} % of the servers`,
    };
  });
}

function product(one: Band, other: Band): Band {
  return {
    low: roundUsd(one.low * other.low),
    base: roundUsd(one.base * other.base),
    high: roundUsd(one.high * other.high),
  };
}
