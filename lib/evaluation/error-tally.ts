import { figuresOfRatios } from '#lib/evaluation/error-figures';
import type { QuantityErrors } from '#lib/evaluation/evaluation';

/** What errors are shown by. */
export const GROUPINGS = ['model', 'gpu', 'precision', 'engine'] as const;
export type Groups = Readonly<Record<(typeof GROUPINGS)[number], string>>;

/** Predicted ÷ measured of one run; `null` where the quantity was not measured. */
export interface Ratios {
  readonly throughput: number;
  readonly tpot: number | null;
  readonly ttft: number | null;
}

/**
 * How far predictions lie from measurements, run by run, in 60 bytes each: a file may hold a million of them, and medians
 * need them all.
 */
export class ErrorTally {
  /** NaN where nothing was measured. */
  private readonly ratios = { throughput: [] as number[], tpot: [] as number[], ttft: [] as number[] };
  /** Of each grouping: its names, and by run the place of the name among them. */
  private readonly groups = new Map(
    GROUPINGS.map((grouping) => [grouping, { places: new Map<string, number>(), ofRun: [] as number[] }]),
  );

  public add(groups: Groups, { throughput, tpot, ttft }: Ratios): void {
    this.ratios.throughput.push(throughput);
    this.ratios.tpot.push(tpot ?? Number.NaN);
    this.ratios.ttft.push(ttft ?? Number.NaN);
    for (const [grouping, { places, ofRun }] of this.groups) {
      const name = groups[grouping];
      let place = places.get(name);
      if (place === undefined) places.set(name, (place = places.size));
      ofRun.push(place);
    }
  }

  public get count(): number {
    return this.ratios.throughput.length;
  }

  public ofAll(): QuantityErrors {
    return this.errorsOf(() => true);
  }

  /** By the names of a grouping, in their order. */
  public by(grouping: (typeof GROUPINGS)[number]): Readonly<Record<string, QuantityErrors>> {
    const { places, ofRun } = this.groups.get(grouping) ?? { places: new Map<string, number>(), ofRun: [] };
    const sorted = [...places].toSorted(([a], [b]) => (a < b ? -1 : 1));
    return Object.fromEntries(
      sorted.map(([name, place]) => [name, this.errorsOf((run) => ofRun[run] === place)]),
    );
  }

  private errorsOf(isOfGroup: (run: number) => boolean): QuantityErrors {
    const { throughput, tpot, ttft } = this.ratios;
    const figures = (ratios: readonly number[]) =>
      figuresOfRatios(ratios.filter((ratio, run) => !Number.isNaN(ratio) && isOfGroup(run)));
    return {
      outputTokensPerSecondPerGpu: figures(throughput),
      tpotMs: figures(tpot),
      ttftMs: figures(ttft),
    };
  }
}
