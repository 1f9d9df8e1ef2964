import type { DatasheetOrder } from '#lib/evaluation/datasheet-order';
import type { Doubt } from '#lib/evaluation/doubt';

/** Two measurements of one configuration differ by about this share. */
const CLOSE = 0.05;

/** A model and a pair of lengths, means of the requests. */
export interface Workload {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
}

/** The most that runs of one accelerator do within the limit, output tokens/s per GPU; `null` where none is within it. */
export interface AcceleratorOffer {
  readonly gpu: string;
  readonly measured: number | null;
  readonly predicted: number | null;
  /** Of the measurement. */
  readonly doubt: Doubt | null;
}

export interface WorkloadOffers {
  readonly workload: Workload;
  readonly offers: readonly AcceleratorOffer[];
}

/** Which of the offers of a workload the predictions choose. */
export interface Picked<Offer> {
  /** The one that is predicted best, or is as good; `null` where none is predicted within the limit. */
  readonly chosen: Offer | null;
  /** The one that measured best. */
  readonly best: Offer;
  /** Share of the best measured rate that the choice loses; 1 where none of its runs measured within the limit. */
  readonly regret: number;
}

/** A workload that at least two accelerators measured within the limit. */
export type WorkloadChoice = Workload & Picked<AcceleratorOffer>;

export interface ChoiceFigures {
  readonly workloads: number;
  /** Workloads whose choice measured best. */
  readonly best: number;
  /** Workloads whose choice measured within 5 % of the best. */
  readonly within5: number;
  /** `null` without workloads. */
  readonly meanRegret: number | null;
}

export function choiceFigures(choices: readonly { readonly regret: number }[]): ChoiceFigures {
  const lost = choices.reduce((sum, { regret }) => sum + regret, 0);
  return {
    workloads: choices.length,
    best: choices.filter(({ regret }) => regret === 0).length,
    within5: choices.filter(({ regret }) => regret <= CLOSE).length,
    meanRegret: choices.length === 0 ? null : rounded(lost / choices.length, 4),
  };
}

export interface PickRule<Offer> {
  /** What a rate of the offer is worth: the highest is chosen. @default - the rate */
  readonly worthOf?: (offer: Offer, rate: number) => number;
  /** Of predictions that no measurement would tell apart the one is chosen that cannot be worse. @default - none is such */
  readonly order?: DatasheetOrder;
}

/** `null` where fewer than two accelerators measured within the limit: there is nothing to choose. */
export function pickOf<Offer extends AcceleratorOffer>(
  offers: readonly Offer[],
  { worthOf = (_, rate) => rate, order = () => false }: PickRule<Offer> = {},
): Picked<Offer> | null {
  const ranked = (rateOf: (offer: Offer) => number | null): readonly Ranked<Offer>[] =>
    offers
      .flatMap((offer) => {
        const rate = rateOf(offer);
        return rate === null ? [] : [{ offer, worth: worthOf(offer, rate) }];
      })
      .toSorted((a, b) => b.worth - a.worth);
  const [best, second] = ranked(({ measured }) => measured);
  if (best === undefined || second === undefined) return null;
  const chosen = chosenOf(
    ranked(({ predicted }) => predicted),
    order,
  );
  const worth = chosen === null || chosen.measured === null ? 0 : worthOf(chosen, chosen.measured);
  return { chosen, best: best.offer, regret: rounded(1 - worth / best.worth, 4) };
}

interface Ranked<Offer> {
  readonly offer: Offer;
  readonly worth: number;
}

function chosenOf<Offer extends AcceleratorOffer>(
  [first, ...others]: readonly Ranked<Offer>[],
  order: DatasheetOrder,
): Offer | null {
  if (first === undefined) return null;
  const asGood = others.find(
    ({ offer, worth }) => worth >= (1 - CLOSE) * first.worth && order(offer.gpu, first.offer.gpu),
  );
  return (asGood ?? first).offer;
}

export function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
