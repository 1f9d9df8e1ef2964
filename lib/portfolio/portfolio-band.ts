import type { PriceBook } from '#lib/catalog/prices';
import { isByUse } from '#lib/catalog/purchase';
import { lineItem } from '#lib/cost/line-item';
import type { Candidates } from '#lib/portfolio/candidates';
import type { Member } from '#lib/portfolio/member';
import { sharedContext, type OptionSite } from '#lib/portfolio/option-cost';
import { replicaGroups } from '#lib/portfolio/replica-groups';
import { billedFleets } from '#lib/portfolio/shared-growth';
import type { Environment } from '#lib/spec/environment';
import { addBands, exactly, mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** The whole monthly cost with its doubt: shared lines of the merged fleets, and the lines that are each member's own. */
export function portfolioBand(
  { options }: Candidates,
  placed: readonly (readonly Member[])[],
  prices: PriceBook,
  { finance }: Environment,
): Band {
  const context = sharedContext(prices, finance);
  const bands = options.flatMap((option, index) => {
    const members = placed[index] ?? [];
    const groups = replicaGroups(members, prices);
    const shared = billedFleets(members, groups, option, context.horizonMonths).flatMap(
      ({ fleet, course, times }) =>
        option.target
          .purchases(fleet, option.knobs, option.market)
          .filter((purchase) => !isByUse(purchase))
          .map((purchase) => lineItem(purchase, { ...context, fleet: course }).monthlyBandUsd ?? exactly(0))
          .map((band) => mapBand(band, (usd) => times * usd)),
    );
    return [...shared, ...members.flatMap((member) => ownBands(option, member))];
  });
  return mapBand(addBands(bands), roundUsd);
}

function ownBands({ target, knobs, market }: OptionSite, { fleet, estimate }: Member): Band[] {
  const sharedKeys = new Set(
    target.purchases(fleet, knobs, market).flatMap((purchase) => (isByUse(purchase) ? [] : [purchase.key])),
  );
  return estimate.lines
    .filter(({ key }) => !sharedKeys.has(key))
    .flatMap(({ monthlyBandUsd }) => monthlyBandUsd ?? []);
}
