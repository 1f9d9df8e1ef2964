import { DOUBTS, type Doubt } from '#lib/evaluation/doubt';
import type { DatasheetOrder } from '#lib/evaluation/datasheet-order';
import { choiceByCost, type CostChoice } from '#lib/evaluation/choice-by-cost';
import {
  choiceFigures,
  pickOf,
  rounded,
  type AcceleratorOffer,
  type ChoiceFigures,
  type Workload,
  type WorkloadChoice,
  type WorkloadOffers,
} from '#lib/evaluation/choice-figures';

/** Limits on TPOT, in ms, under which choices are judged where nobody names one: quick, usual and slow to read. */
const TPOT_LIMITS_MS = [20, 33, 50] as const;

/** What one configuration does: as measured, or as predicted. */
export interface Served {
  readonly tpotMs: number;
  /** Output tokens. */
  readonly tokensPerSecondPerGpu: number;
}

/** One run beside its prediction. */
export interface TimedRun extends Workload {
  readonly gpu: string;
  readonly measured: Served;
  readonly predicted: Served;
  /** Whether the constants were fitted on it. */
  readonly seen: boolean;
  readonly doubt: Doubt | null;
}

/** How often the accelerator that the predictions choose is the one that measured best. */
export interface AcceleratorChoice extends ChoiceFigures {
  readonly tpotMs: number;
  /** Workloads whose best measurement is doubtful. They count all the same. */
  readonly doubtful: number;
  readonly choices: readonly WorkloadChoice[];
  /** The same as if the file held only runs that the constants were fitted on, and only the others. */
  readonly bySeen: { readonly seen: ChoiceFigures; readonly unseen: ChoiceFigures };
  /** The same by USD per million output tokens, among the accelerators with a price. */
  readonly byCost: CostChoice;
}

/** Of an accelerator, within one limit: what stands behind the first place of a group of runs. */
const SLOT = { measured: 0, predicted: 1, doubt: 2, length: 3 } as const;
/** Runs that the constants were fitted on stand after the others. */
const GROUPS = { unseen: [0], seen: [1], all: [0, 1] } as const;
const GROUP_COUNT = 2;

interface Held {
  readonly workload: Workload;
  /** By accelerator: of each limit and group the highest rate measured, the highest predicted, the doubt of the first. */
  readonly rates: Map<string, Float64Array>;
}

/**
 * Which accelerator would have been bought: any engine, format and layout of the runs may serve a workload. Of a workload
 * stay two rates for each accelerator, limit and group, however many runs it has. By rate, of accelerators predicted within
 * 5 % of the best that one is taken which its datasheet says does at least as much; by cost the cheapest.
 */
export class ChoiceTally {
  private readonly workloads = new Map<string, Held>();

  private readonly order: DatasheetOrder;

  private readonly limitsMs: readonly number[];

  public constructor(order: DatasheetOrder, limitsMs: readonly number[] = TPOT_LIMITS_MS) {
    this.order = order;
    this.limitsMs = limitsMs;
  }

  public add({ model, inputTokens, outputTokens, gpu, seen, ...run }: TimedRun): void {
    const key = `${model} ${inputTokens} ${outputTokens}`;
    let held = this.workloads.get(key);
    if (held === undefined) {
      held = { workload: { model, inputTokens, outputTokens }, rates: new Map() };
      this.workloads.set(key, held);
    }
    let rates = held.rates.get(gpu);
    if (rates === undefined) {
      rates = new Float64Array(SLOT.length * GROUP_COUNT * this.limitsMs.length);
      held.rates.set(gpu, rates);
    }
    for (const [index, limitMs] of this.limitsMs.entries()) {
      raise(rates, placeOf(index, seen ? 1 : 0), run, limitMs);
    }
  }

  /** Accelerators with timed runs, in the order of their names. */
  public gpus(): readonly string[] {
    return [...new Set([...this.workloads.values()].flatMap(({ rates }) => [...rates.keys()]))].toSorted();
  }

  /**
   * One for each limit; workloads in the order in which they came.
   *
   * @param usdPerGpuHour - By accelerator; one without a price is not chosen by cost
   */
  public choices(usdPerGpuHour: ReadonlyMap<string, number>): readonly AcceleratorChoice[] {
    return this.limitsMs.map((tpotMs, index) => {
      const offers = this.offers(index, GROUPS.all);
      const choices = this.choicesAmong(offers);
      return {
        tpotMs,
        ...choiceFigures(choices),
        doubtful: choices.filter(({ best }) => best.doubt !== null).length,
        choices,
        bySeen: {
          seen: choiceFigures(this.choicesAmong(this.offers(index, GROUPS.seen))),
          unseen: choiceFigures(this.choicesAmong(this.offers(index, GROUPS.unseen))),
        },
        byCost: choiceByCost(offers, usdPerGpuHour),
      };
    });
  }

  private offers(index: number, groups: readonly number[]): readonly WorkloadOffers[] {
    return [...this.workloads.values()].map(({ workload, rates }) => ({
      workload,
      offers: [...rates].map(([gpu, of]) => offerOf(gpu, of, index, groups)),
    }));
  }

  private choicesAmong(workloads: readonly WorkloadOffers[]): readonly WorkloadChoice[] {
    return workloads.flatMap(({ workload, offers }) => {
      const pick = pickOf(offers, { order: this.order });
      return pick === null ? [] : [{ ...workload, ...pick }];
    });
  }
}

function placeOf(limit: number, group: number): number {
  return SLOT.length * (GROUP_COUNT * limit + group);
}

function raise(
  rates: Float64Array,
  place: number,
  { measured, predicted, doubt }: Pick<TimedRun, 'measured' | 'predicted' | 'doubt'>,
  limitMs: number,
): void {
  const isBest = measured.tokensPerSecondPerGpu > (rates[place + SLOT.measured] ?? 0);
  if (measured.tpotMs <= limitMs && isBest) {
    rates[place + SLOT.measured] = measured.tokensPerSecondPerGpu;
    rates[place + SLOT.doubt] = doubt === null ? 0 : 1 + DOUBTS.indexOf(doubt);
  }
  if (predicted.tpotMs > limitMs) return;
  const at = place + SLOT.predicted;
  rates[at] = Math.max(rates[at] ?? 0, predicted.tokensPerSecondPerGpu);
}

/** The best of the groups; 0 stands for nothing within the limit. */
function offerOf(
  gpu: string,
  rates: Float64Array,
  limit: number,
  groups: readonly number[],
): AcceleratorOffer {
  const places = groups.map((group) => placeOf(limit, group));
  const highest = (slot: number) =>
    places.reduce((best, place) => ((rates[place + slot] ?? 0) > (rates[best + slot] ?? 0) ? place : best));
  const measured = highest(SLOT.measured);
  const doubt = rates[measured + SLOT.doubt] ?? 0;
  return {
    gpu,
    measured: rateOrNull(rates[measured + SLOT.measured]),
    predicted: rateOrNull(rates[highest(SLOT.predicted) + SLOT.predicted]),
    doubt: DOUBTS[doubt - 1] ?? null,
  };
}

function rateOrNull(rate = 0): number | null {
  return rate === 0 ? null : rounded(rate, 3);
}
