import { sizedGpus, type LeastGpus } from '#lib/plan/bounds';
import type { Cost } from '#lib/plan/cheapest-first';
import { hostMemoryMisfit } from '#lib/plan/host-memory';
import type { LeastBills } from '#lib/plan/least-bill';
import { place, type Placement } from '#lib/plan/place';
import { leastInHour } from '#lib/plan/scaling/least-hours';
import type { Sized } from '#lib/plan/sized';
import type { Sizer } from '#lib/plan/sizer';
import type { Billed, OptionBill } from '#lib/plan/whole-bill';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/offering';

/** A model in a format on an offering. */
export interface Candidate {
  readonly demand: ServingDemand;
  readonly offering: NodeOffering;
  readonly gpus: LeastGpus;
  /** No fleet of it can cost less; infinite without a price. */
  readonly least: Cost;
}

/** A candidate that is sized with measurements, completed and billed. */
export type Choice = Sized & Billed;

/** Why candidates are none: what does not fit, and of the first that does why it cannot be completed. */
export interface Misfits {
  readonly unsized: Set<string>;
  /** Accelerators that serve none of a format, whatever the model. */
  readonly unserved: Set<string>;
  incomplete: readonly string[];
}

/** A bill is lower only by more than this share. */
export const ROUNDING = 1e-8;

/** What a candidate must not cost more than; by accelerators where the best has no price. */
export type Limit = Cost;

export function limitOf({ usdPerMonth, placement }: Choice): Limit {
  return { usdPerMonth, gpus: gpusOf(placement) };
}

export function canCost(least: Cost, limit: Limit | null): boolean {
  if (limit === null) return true;
  if (limit.usdPerMonth !== Number.POSITIVE_INFINITY) {
    return least.usdPerMonth < limit.usdPerMonth * (1 - ROUNDING);
  }
  return least.usdPerMonth !== Number.POSITIVE_INFINITY || least.gpus <= limit.gpus;
}

/** Sizes and bills a candidate step by step, each only if the one before leaves it within a limit. */
export function billing(
  sizer: Sizer,
  bills: Pick<LeastBills & OptionBill, 'quickUsd' | 'leastUsd' | 'whole'>,
  misfits: Misfits,
) {
  /** @returns What it costs at least where that is beyond the limit; infinite where it does not fit */
  return ({ demand, offering, gpus, least }: Candidate, limit: Limit | null): Choice | number => {
    if (!canCost(least, limit)) return least.usdPerMonth;
    const leastOf = sizer.leastGpus(demand);
    const bound: LeastGpus = (times) => Math.max(gpus(times), leastOf(times));
    const before = { usdPerMonth: bills.quickUsd(offering, bound), gpus: bound(1) };
    if (!canCost(before, limit)) return before.usdPerMonth;
    const searched = sizer.search(demand);
    if (!searched.fits) {
      const where = `${demand.model.id} in ${demand.precision} on ${offering.gpus} × ${offering.accelerator}`;
      misfits.unsized.add(`${where}: ${searched.reasons.join(', ')}`);
      return Number.POSITIVE_INFINITY;
    }
    const placed = place(searched, offering);
    const crowded = hostMemoryMisfit(demand, searched, placed, offering);
    if (crowded !== null) {
      misfits.unsized.add(crowded);
      return Number.POSITIVE_INFINITY;
    }
    const deployed = gpusOf(placed);
    const grown = sizedGpus(demand, searched);
    const after = {
      usdPerMonth: bills.leastUsd(
        offering,
        (times) => Math.max(deployed, bound(times), grown(times)),
        (times) => Math.max(bound(times), leastInHour(searched, times)),
      ),
      gpus: deployed,
    };
    if (!canCost(after, limit)) return after.usdPerMonth;
    const measured = sizer.measured(demand);
    const sizing: ServingSizing = measured.fits ? measured : searched;
    const sized: Sized = { ...demand, demand, sizing, placement: place(sizing, offering) };
    const whole = bills.whole(sized);
    if ('reasons' in whole) {
      if (misfits.incomplete.length === 0) misfits.incomplete = whole.reasons;
      return Number.POSITIVE_INFINITY;
    }
    return { ...sized, ...whole };
  };
}

export function gpusOf({ nodes, offering }: Placement): number {
  return nodes.base * offering.gpus;
}
