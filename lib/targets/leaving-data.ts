import type { AssumedPurchase } from '#lib/catalog/purchase';
import type { PriceReference } from '#lib/catalog/prices';
import { awsOnDemand } from '#lib/targets/price-references';
import type { PlacedFleet } from '#lib/targets/target';
import { GB } from '#lib/units/bytes';
import { roundTo } from '#lib/units/money';

/** What an access log keeps of a request. */
export const LOG_BYTES_PER_REQUEST = 1_000;

/** What a GB costs that leaves: a listed price, of which a share is billed, or an assumption. */
interface EgressPrice {
  readonly assumptions: readonly string[];
  readonly shareOf?: PriceReference;
}

/** Egress of AWS at the price of its first tier, the dearest. A managed model writes no access logs of one's own. */
export function leavingAws(fleet: PlacedFleet, region: string): AssumedPurchase[] {
  const shareOf = awsOnDemand('data-transfer', 'internet out from 0 GB', region, 'GB');
  return leavingData(fleet, { assumptions: ['exit.egress-billed-share'], shareOf });
}

/**
 * Data taken along when one leaves at the horizon: one copy of the corpus (vectors and their text) and the access logs that
 * are kept. Weights are left behind: they are published, or lie where they were trained.
 */
export function leavingData(fleet: PlacedFleet, price: EgressPrice): AssumedPurchase[] {
  const logGbPerMonth =
    fleet.token !== null ? 0 : (fleet.tokens.requestsPerMonth * LOG_BYTES_PER_REQUEST) / GB;
  const corpusGb = fleet.corpusGb ?? 0;
  const line = (key: string, label: string, gb: number, basis: string, kept: readonly string[]) =>
    gb === 0
      ? []
      : [
          {
            key: `exit.egress-${key}`,
            label,
            category: 'exit',
            kind: 'assumed',
            tangible: true,
            quantity: gb,
            unit: 'GB',
            when: 'at-end',
            basis,
            resources: [],
            ...price,
            assumptions: [...kept, ...price.assumptions],
          } as const,
        ];
  return [
    ...line(
      'corpus',
      'Taking the corpus along',
      corpusGb,
      `${roundTo(corpusGb, 3)} GB of vectors and text`,
      [],
    ),
    ...line(
      'logs',
      'Taking the access logs along',
      logGbPerMonth,
      `${roundTo(logGbPerMonth, 3)} GB a month × months kept`,
      ['exit.kept-log-months'],
    ),
  ];
}
