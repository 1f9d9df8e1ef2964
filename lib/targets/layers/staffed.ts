import type { AssumedPurchase } from '#lib/catalog/purchase';
import { lockIn } from '#lib/targets/layers/lock-in';
import { people } from '#lib/targets/layers/people';
import type { Market, Operates, PlacedFleet } from '#lib/targets/target';

/** What the split of the layers costs in people: running and building what is yours, leaving what is a provider's. */
export function staffed(
  operates: Operates,
  fleet: PlacedFleet,
  market: Market,
  serversInstalled = 0,
): AssumedPurchase[] {
  const retrieves = fleet.retrieves ?? false;
  return [
    ...people({
      operates,
      gpus: fleet.gpus,
      serversInstalled,
      retrieves,
      onCall: market.onCall ?? false,
      grows: fleet.grows ?? false,
    }),
    ...lockIn(operates, retrieves),
  ];
}
