/** Limits on TPOT, in ms, under which choices are judged where nobody names one: quick, usual and slow to read. */
export const TPOT_LIMITS_MS = [20, 33, 50] as const;
/** Two measurements of one configuration differ by about this share. */
const CLOSE = 0.05;

/** What one configuration does: as measured, or as predicted. */
export interface Served {
  readonly tpotMs: number;
  /** Output tokens. */
  readonly tokensPerSecondPerGpu: number;
}

/** One run beside its prediction. */
export interface TimedRun {
  readonly model: string;
  /** Means of the requests. */
  readonly inputTokens: number;
  readonly outputTokens: number;
  readonly gpu: string;
  readonly measured: Served;
  readonly predicted: Served;
}

/** The most that runs of one accelerator do within the limit, output tokens/s per GPU; `null` where none is within it. */
export interface AcceleratorOffer {
  readonly gpu: string;
  readonly measured: number | null;
  readonly predicted: number | null;
}

/** A model and a pair of lengths that at least two accelerators measured within the limit. */
export interface WorkloadChoice {
  readonly model: string;
  readonly inputTokens: number;
  readonly outputTokens: number;
  /** The accelerator with the highest prediction; `null` where none is predicted within the limit. */
  readonly chosen: AcceleratorOffer | null;
  /** The accelerator that measured best. */
  readonly best: AcceleratorOffer;
  /** Share of the best measured rate that the choice loses; 1 where none of its runs measured within the limit. */
  readonly regret: number;
}

/** How often the accelerator that the predictions choose is the one that measured best. */
export interface AcceleratorChoice {
  readonly tpotMs: number;
  readonly workloads: number;
  /** Workloads whose choice measured best. */
  readonly best: number;
  /** Workloads whose choice measured within 5 % of the best. */
  readonly within5: number;
  /** `null` without workloads. */
  readonly meanRegret: number | null;
  readonly choices: readonly WorkloadChoice[];
}

interface Workload extends Pick<TimedRun, 'model' | 'inputTokens' | 'outputTokens'> {
  /** By accelerator: of each limit the highest rate measured, then the highest predicted; 0 where none is within it. */
  readonly rates: Map<string, Float64Array>;
}

/**
 * Which accelerator would have been bought: any engine, format and layout of the runs may serve a workload. Of a workload
 * stay two rates for each accelerator and limit, however many runs it has.
 */
export class ChoiceTally {
  private readonly workloads = new Map<string, Workload>();

  private readonly limitsMs: readonly number[];

  public constructor(limitsMs: readonly number[] = TPOT_LIMITS_MS) {
    this.limitsMs = limitsMs;
  }

  public add({ model, inputTokens, outputTokens, gpu, measured, predicted }: TimedRun): void {
    const key = `${model} ${inputTokens} ${outputTokens}`;
    let workload = this.workloads.get(key);
    if (workload === undefined) {
      workload = { model, inputTokens, outputTokens, rates: new Map() };
      this.workloads.set(key, workload);
    }
    let rates = workload.rates.get(gpu);
    if (rates === undefined) workload.rates.set(gpu, (rates = new Float64Array(2 * this.limitsMs.length)));
    for (const [index, limitMs] of this.limitsMs.entries()) {
      raise(rates, 2 * index, measured, limitMs);
      raise(rates, 2 * index + 1, predicted, limitMs);
    }
  }

  /** One for each limit; workloads in the order in which they came. */
  public choices(): readonly AcceleratorChoice[] {
    return this.limitsMs.map((tpotMs, index) => {
      const choices = [...this.workloads.values()].flatMap(
        (workload) => choiceOf(workload, offersOf(workload, index)) ?? [],
      );
      const lost = choices.reduce((sum, { regret }) => sum + regret, 0);
      return {
        tpotMs,
        workloads: choices.length,
        best: choices.filter(({ regret }) => regret === 0).length,
        within5: choices.filter(({ regret }) => regret <= CLOSE).length,
        meanRegret: choices.length === 0 ? null : rounded(lost / choices.length, 4),
        choices,
      };
    });
  }
}

function raise(rates: Float64Array, at: number, { tpotMs, tokensPerSecondPerGpu }: Served, limitMs: number) {
  if (tpotMs <= limitMs) rates[at] = Math.max(rates[at] ?? 0, tokensPerSecondPerGpu);
}

function offersOf({ rates }: Workload, index: number): readonly AcceleratorOffer[] {
  return [...rates].map(([gpu, of]) => ({
    gpu,
    measured: rateOrNull(of[2 * index]),
    predicted: rateOrNull(of[2 * index + 1]),
  }));
}

function rateOrNull(rate = 0): number | null {
  return rate === 0 ? null : rounded(rate, 3);
}

/** `null` where fewer than two accelerators measured within the limit: there is nothing to choose. */
function choiceOf(
  { model, inputTokens, outputTokens }: Workload,
  offers: readonly AcceleratorOffer[],
): WorkloadChoice | null {
  const [best, second] = highest(offers, ({ measured }) => measured);
  if (best === undefined || second === undefined) return null;
  const [chosen = null] = highest(offers, ({ predicted }) => predicted);
  const regret = rounded(1 - (chosen?.measured ?? 0) / (best.measured ?? 1), 4);
  return { model, inputTokens, outputTokens, chosen, best, regret };
}

/** Those with a rate, the highest first. */
function highest(
  offers: readonly AcceleratorOffer[],
  rateOf: (offer: AcceleratorOffer) => number | null,
): readonly AcceleratorOffer[] {
  return offers
    .filter((offer) => rateOf(offer) !== null)
    .toSorted((a, b) => (rateOf(b) ?? 0) - (rateOf(a) ?? 0));
}

function rounded(value: number, decimals: number): number {
  return Number(value.toFixed(decimals));
}
