import {
  choiceFigures,
  pickOf,
  rounded,
  type AcceleratorOffer,
  type ChoiceFigures,
  type Workload,
  type WorkloadOffers,
} from '#lib/evaluation/choice-figures';
import type { Doubt } from '#lib/evaluation/doubt';

const SECONDS_PER_HOUR = 3600;

/** The least that a million output tokens cost on one accelerator within the limit, in USD; `null` where none is within it. */
export interface CostOffer {
  readonly gpu: string;
  readonly measuredUsd: number | null;
  readonly predictedUsd: number | null;
  /** Of the measurement. */
  readonly doubt: Doubt | null;
}

/** A model and a pair of lengths that at least two accelerators with a price measured within the limit. */
export interface WorkloadCostChoice extends Workload {
  readonly chosen: CostOffer | null;
  readonly best: CostOffer;
  /** Share of the tokens per USD that the choice loses; 1 where none of its runs measured within the limit. */
  readonly regret: number;
}

/** How often the accelerator that is predicted to be cheapest is the one that measured so. */
export interface CostChoice extends ChoiceFigures {
  /** Offers that measured within the limit on an accelerator without a price; they are not chosen among. */
  readonly unpriced: number;
  readonly choices: readonly WorkloadCostChoice[];
}

export function choiceByCost(
  workloads: readonly WorkloadOffers[],
  usdPerGpuHour: ReadonlyMap<string, number>,
): CostChoice {
  const offered = workloads.flatMap(({ offers }) => offers).filter(({ measured }) => measured !== null);
  const choices = workloads.flatMap(({ workload, offers }): WorkloadCostChoice[] => {
    const priced = offers.flatMap((offer) => {
      const usd = usdPerGpuHour.get(offer.gpu);
      return usd === undefined ? [] : [{ ...offer, usd }];
    });
    const picked = pickOf(priced, { worthOf: ({ usd }, rate) => rate / usd });
    if (picked === null) return [];
    const { chosen, best, regret } = picked;
    return [{ ...workload, chosen: chosen === null ? null : inUsd(chosen), best: inUsd(best), regret }];
  });
  return {
    ...choiceFigures(choices),
    unpriced: offered.filter(({ gpu }) => !usdPerGpuHour.has(gpu)).length,
    choices,
  };
}

function inUsd({
  gpu,
  measured,
  predicted,
  doubt,
  usd,
}: AcceleratorOffer & { readonly usd: number }): CostOffer {
  const ofMillion = (tokensPerSecond: number | null) =>
    tokensPerSecond === null ? null : rounded((usd * 1e6) / (SECONDS_PER_HOUR * tokensPerSecond), 4);
  return { gpu, measuredUsd: ofMillion(measured), predictedUsd: ofMillion(predicted), doubt };
}
