import type { PriceBook } from '#lib/catalog/prices';
import { isByUse, type Purchase } from '#lib/catalog/purchase';
import type { LineContext } from '#lib/cash/line-context';
import type { Estimate } from '#lib/cost/estimate';
import { lineItem } from '#lib/cost/line-item';
import type { Candidates } from '#lib/portfolio/candidates';
import { fleetsBilled, type BilledFleet } from '#lib/portfolio/fleets/fleets-billed';
import type { Member } from '#lib/portfolio/member';
import { sharedContext, type OptionSite } from '#lib/portfolio/fleets/option-cost';
import { replicaGroups } from '#lib/portfolio/fleets/replica-groups';
import { standingOf } from '#lib/portfolio/standing';
import type { Environment } from '#lib/spec/schema/environment';
import { addBands, exactly, mapBand, type Band } from '#lib/units/band';
import { roundUsd } from '#lib/units/money';

/** The whole monthly cost with its doubt: shared lines of the merged fleets, and the lines that are each member's own. */
export function portfolioBand(
  candidates: Candidates,
  placed: readonly (readonly Member[])[],
  prices: PriceBook,
  { finance }: Environment,
): Band {
  const context = sharedContext(prices, finance);
  const standing = standingOf(candidates, placed);
  const bands = candidates.options.flatMap((option, index) => {
    const { together: members = [], apart = [] } = standing[index] ?? {};
    const groups = replicaGroups(members, prices);
    const shared = fleetsBilled(option, context.horizonMonths)(members, groups).flatMap((billed) =>
      option.target
        .purchases(billed.fleet, option.knobs, option.market)
        .flatMap((purchase) => bandOf(purchase, billed, context)),
    );
    return [
      ...shared,
      ...members.flatMap((member) => ownBands(option, member)),
      ...apart.flatMap(({ estimate }) => bandsOf(estimate.lines)),
    ];
  });
  return mapBand(addBands(bands), roundUsd);
}

/** Nothing of what is counted elsewhere. */
function bandOf(
  purchase: Purchase,
  { times, standing, courseOf }: BilledFleet,
  context: LineContext,
): Band[] {
  if (isByUse(purchase)) return [];
  const { follows } = purchase;
  const course = follows === undefined ? null : courseOf?.(follows);
  if (courseOf !== undefined && (follows === undefined ? !standing : course === null)) return [];
  const band = lineItem(purchase, { ...context, fleet: course ?? null }).monthlyBandUsd ?? exactly(0);
  return [mapBand(band, (usd) => times * usd)];
}

function ownBands({ target, knobs, market }: OptionSite, { fleet, estimate }: Member): Band[] {
  const sharedKeys = new Set(
    target.purchases(fleet, knobs, market).flatMap((purchase) => (isByUse(purchase) ? [] : [purchase.key])),
  );
  return bandsOf(estimate.lines.filter(({ key }) => !sharedKeys.has(key)));
}

function bandsOf(lines: Estimate['lines']): Band[] {
  return lines.flatMap(({ monthlyBandUsd }) => monthlyBandUsd ?? []);
}
