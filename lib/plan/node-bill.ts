import { committedBase, rememberedRates } from '#lib/plan/commitment';
import { hourlyUsd, type Placement } from '#lib/plan/place';
import type { Context } from '#lib/plan/plan-request';
import { leastPaidShare, paidCurve, type ScalingQuestion } from '#lib/plan/scaling';
import { whole } from '#lib/plan/slices';
import type { ServingSizing } from '#lib/sizing/sizing';
import { flatCurve, hoursAbove } from '#lib/targets/node-curve';
import type { NodeOffering } from '#lib/targets/offering';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** What nodes cost as their option pays for them: by this the plan chooses among fleets. */
export interface NodeBill {
  /** All nodes of a fleet, on average over the hours of a month; infinite without a price. */
  usdPerHour(sizing: ServingSizing, placement: Placement): number;
  /** For one node of an offering no fleet pays less; infinite without a price. */
  leastUsdPerHour(offering: NodeOffering): number;
}

/**
 * The hours that stand, at the hourly price, those of a base load that is bought for a term at its price.
 *
 * @param scaling - How the fleet follows the load; `null` where it stands all month
 */
export function nodeBill(context: Context, scaling: ScalingQuestion | null): NodeBill {
  const { target, knobs, market } = context;
  const { commitment } = context.option;
  const rates = rememberedRates({ commitment, target, knobs, market });
  const leastShare = scaling === null ? 1 : leastPaidShare(scaling);
  const usedHourUsd = (offering: NodeOffering) =>
    hourlyUsd(offering) * (1 + (offering.paidAfterHorizon ?? 0));
  return {
    usdPerHour: (sizing, placement) => {
      const offering = whole(placement.offering);
      if (offering.hourly.state === 'unpriced') return Number.POSITIVE_INFINITY;
      const curve =
        scaling === null ? flatCurve(placement.nodes.base) : paidCurve(scaling, sizing, placement);
      const committed = committedBase({ commitment, target, knobs, market }, offering, curve, rates);
      const byTheHour = usedHourUsd(offering) * hoursAbove(curve, committed?.nodes.count ?? 0);
      const forTheTerm =
        committed === null ? 0 : committed.usdPerUsedHour * committed.nodes.count * HOURS_PER_MONTH;
      return (byTheHour + forTheTerm) / HOURS_PER_MONTH;
    },
    leastUsdPerHour: (offering) =>
      leastShare *
      Math.min(usedHourUsd(offering), ...rates(whole(offering)).map(({ usdPerUsedHour }) => usdPerUsedHour)),
  };
}
