import { sizedGpus, type LeastGpus } from '#lib/plan/choice/bounds';
import type { Cost } from '#lib/plan/cheapest-first';
import { hostMemoryMisfit } from '#lib/plan/nodes/host-memory';
import type { LeastBills } from '#lib/plan/choice/least-bill';
import { place, type Placement } from '#lib/plan/nodes/place';
import { leastInHour } from '#lib/plan/scaling/least-hours';
import type { Sized } from '#lib/plan/nodes/sized';
import type { Sizer } from '#lib/plan/sizing/sizer';
import type { Billed, OptionBill } from '#lib/plan/choice/whole-bill';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import type { NodeOffering } from '#lib/targets/port/offering';

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

export function costOf({ usdPerMonth, placement }: Choice): Cost {
  return { usdPerMonth, gpus: gpusOf(placement) };
}

/** @param limit - What it must not cost more than; by accelerators where the best has no price */
export function canCost(least: Cost, limit: Cost): boolean {
  if (limit.usdPerMonth !== Number.POSITIVE_INFINITY) {
    return least.usdPerMonth < limit.usdPerMonth * (1 - ROUNDING);
  }
  return least.usdPerMonth !== Number.POSITIVE_INFINITY || least.gpus <= limit.gpus;
}

/** How far a candidate is sized and billed. */
export interface Stage {
  /** It costs no less; without a next stage, so much, infinite where it has no fleet. */
  readonly least: Cost;
  /** Once it is billed, where it has a fleet. */
  readonly choice?: Choice;
  readonly next?: () => Stage;
}

const NO_FLEET: Stage = {
  least: { usdPerMonth: Number.POSITIVE_INFINITY, gpus: Number.POSITIVE_INFINITY },
};

/** Sizes and bills a candidate stage by stage, each dearer to reach than the one before and nearer to its bill. */
export function firstStage(
  candidate: Candidate,
  sizer: Sizer,
  bills: Pick<LeastBills & OptionBill, 'quickUsd' | 'leastUsd' | 'whole'>,
  misfits: Misfits,
): Stage {
  const { offering, gpus, least } = candidate;
  return { least, next: bounded };

  function bounded(): Stage {
    const leastOf = sizer.leastGpus(candidate.demand);
    const bound: LeastGpus = (times) => Math.max(gpus(times), leastOf(times));
    const usdPerMonth = bills.quickUsd(offering, bound);
    return { least: { usdPerMonth, gpus: bound(1) }, next: () => searched(bound) };
  }

  function searched(bound: LeastGpus): Stage {
    const { demand } = candidate;
    const sizing = sizer.search(demand);
    if (!sizing.fits) {
      const why = sizing.reasons.join(', ');
      const where = `${demand.model.id} in ${demand.precision} on ${offering.gpus} × ${offering.accelerator}`;
      misfits.unsized.add(sizing.isOfModel === true ? why : `${where}: ${why}`);
      return NO_FLEET;
    }
    const placed = place(sizing, offering);
    const crowded = hostMemoryMisfit(demand, sizing, placed, offering);
    if (crowded !== null) {
      misfits.unsized.add(crowded);
      return NO_FLEET;
    }
    const deployed = gpusOf(placed);
    const grown = sizedGpus(demand, sizing);
    const usdPerMonth = bills.leastUsd(
      offering,
      (times) => Math.max(deployed, bound(times), grown(times)),
      (times) => Math.max(bound(times), leastInHour(sizing, times)),
    );
    return { least: { usdPerMonth, gpus: deployed }, next: () => billed(sizing) };
  }

  function billed(searched: ServingSizing): Stage {
    const { demand } = candidate;
    const measured = sizer.measured(demand);
    const sizing = measured.fits ? measured : searched;
    const sized: Sized = { ...demand, demand, sizing, placement: place(sizing, offering) };
    const whole = bills.whole(sized);
    if ('reasons' in whole) {
      if (misfits.incomplete.length === 0) misfits.incomplete = whole.reasons;
      return NO_FLEET;
    }
    const choice: Choice = { ...sized, ...whole };
    return { least: costOf(choice), choice };
  }
}

export function gpusOf({ nodes, offering }: Placement): number {
  return nodes.base * offering.gpus;
}
