import type { AssumedPurchase } from '#lib/catalog/purchase';
import { slicesOf } from '#lib/catalog/price-ladder';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import { egressLadder } from '#lib/targets/aws/aws-network';
import type { PlacedFleet } from '#lib/targets/target';
import { GB } from '#lib/units/bytes';
import { roundTo } from '#lib/units/money';

/** What an access log keeps of a request. */
export const LOG_BYTES_PER_REQUEST = 1_000;

/** What a GB costs that leaves: a share of a listed price by its ladder, or an assumption alone. */
interface EgressPrice {
  readonly assumptions: readonly string[];
  readonly steps: readonly EgressStep[];
  /** GB that the last month has on the ladder already: an account climbs it once a month. */
  readonly climbedGb: number;
}

interface EgressStep {
  readonly from: number;
  readonly price?: PriceReference;
}

/** Egress of AWS on top of the answers that it bills. A managed model writes no access logs of one's own. */
export function leavingAws(
  fleet: PlacedFleet,
  region: string,
  prices: PriceBook,
  climbedGb = 0,
): AssumedPurchase[] {
  const steps = egressLadder(region, prices);
  return leavingData(fleet, prices, { assumptions: ['exit.egress-billed-share'], steps, climbedGb });
}

/** What goes along, in the order in which it climbs the ladder. */
interface Taken {
  readonly key: string;
  readonly label: string;
  readonly gb: number;
  readonly basis: (gb: number) => string;
  /** Of what every month of the traffic adds: the assumption of how many are kept. */
  readonly keptMonths?: string;
}

/**
 * Data taken along when one leaves at the horizon, in one month: one copy of the corpus (vectors and their text), the
 * adapters that are served, and the access logs that are kept. Other weights are left behind: they are published, or lie
 * where they were trained. So is an index over the vectors, which another store builds in its own form.
 */
export function leavingData(fleet: PlacedFleet, prices: PriceBook, egress: EgressPrice): AssumedPurchase[] {
  const { tokens, token, copies, units, corpusGb = 0, adaptersGb = 0 } = fleet;
  const taken: readonly Taken[] = [
    { key: 'corpus', label: 'corpus', gb: corpusGb, basis: (gb) => `${gb} GB of vectors and text` },
    { key: 'adapters', label: 'adapters', gb: adaptersGb, basis: (gb) => `${gb} GB of own adapters` },
    {
      key: 'logs',
      label: 'access logs',
      gb:
        token !== null || copies !== undefined || units !== undefined
          ? 0
          : (tokens.requestsPerMonth * LOG_BYTES_PER_REQUEST) / GB,
      basis: (gb) => `${gb} GB a month × months kept`,
      keptMonths: 'exit.kept-log-months',
    },
  ];
  let { climbedGb } = egress;
  return taken.flatMap((each) => {
    if (each.gb === 0) return [];
    const months = each.keptMonths === undefined ? 1 : prices.assumption(each.keptMonths).base;
    const slices = slicesOf(egress.steps, each.gb * months, climbedGb);
    climbedGb += each.gb * months;
    return slices.map((slice, index) => {
      const gb = slices.length === 1 ? each.gb : slice.quantity / months;
      return leavingLine(each, gb, egress.assumptions, { ...slice, isFirst: index === 0 });
    });
  });
}

function leavingLine(
  { key, label, basis, keptMonths }: Taken,
  gb: number,
  assumptions: readonly string[],
  { from, price, isFirst }: EgressStep & { readonly isFirst: boolean },
): AssumedPurchase {
  const above = isFirst ? '' : `, from ${from} GB`;
  return {
    key: isFirst ? `exit.egress-${key}` : `exit.egress-${key}.from-${from}-gb`,
    label: `Taking the ${label} along${above}`,
    category: 'exit',
    kind: 'assumed',
    tangible: true,
    quantity: gb,
    unit: 'GB',
    when: 'at-end',
    basis: `${basis(roundTo(gb, 3))}${above}`,
    resources: [],
    ...(price === undefined ? {} : { shareOf: price }),
    ...(keptMonths === undefined
      ? { assumptions }
      : { assumptions: [keptMonths, ...assumptions], byUse: true, keptMonths }),
  };
}
