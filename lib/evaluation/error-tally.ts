import { figuresOfRatios } from '#lib/evaluation/error-figures';
import type { QuantityErrors } from '#lib/evaluation/evaluation';
import { NumberColumn } from '#lib/evaluation/number-column';

/** What errors are shown by. */
const GROUPINGS = ['model', 'gpu', 'precision', 'engine', 'seen'] as const;
export type Groups = Readonly<Record<(typeof GROUPINGS)[number], string>>;

/** Predicted ÷ measured of one run; `null` where the quantity was not measured. */
export interface Ratios {
  readonly throughput: number;
  readonly tpot: number | null;
  readonly ttft: number | null;
}

/**
 * How far predictions lie from measurements, run by run, in 44 bytes each: a file may hold a million of them, and medians
 * need them all.
 */
export class ErrorTally {
  /** NaN where nothing was measured. */
  private readonly ratios = {
    throughput: new NumberColumn(),
    tpot: new NumberColumn(),
    ttft: new NumberColumn(),
  };
  /** Of each grouping: its names, and by run the place of the name among them. */
  private readonly groups = new Map(
    GROUPINGS.map((grouping) => [
      grouping,
      { places: new Map<string, number>(), ofRun: NumberColumn.ofPlaces() },
    ]),
  );

  /** Ratios of one group at a time. */
  private scratch = new Float64Array(0);

  public add(groups: Groups, { throughput, tpot, ttft }: Ratios): void {
    this.ratios.throughput.add(throughput);
    this.ratios.tpot.add(tpot ?? Number.NaN);
    this.ratios.ttft.add(ttft ?? Number.NaN);
    for (const [grouping, { places, ofRun }] of this.groups) {
      const name = groups[grouping];
      let place = places.get(name);
      if (place === undefined) places.set(name, (place = places.size));
      ofRun.add(place);
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
    const names = [...(this.groups.get(grouping)?.places.keys() ?? [])].toSorted();
    return Object.fromEntries(names.map((name) => [name, this.of(grouping, name)]));
  }

  /** Of one name of a grouping, whether a run has it or not. */
  public of(grouping: (typeof GROUPINGS)[number], name: string): QuantityErrors {
    const found = this.groups.get(grouping);
    const place = found?.places.get(name);
    return this.errorsOf((run) => found?.ofRun.at(run) === place);
  }

  private errorsOf(isOfGroup: (run: number) => boolean): QuantityErrors {
    const { throughput, tpot, ttft } = this.ratios;
    if (this.scratch.length < this.count) this.scratch = new Float64Array(this.count);
    const kept = this.scratch;
    const figures = (ratios: NumberColumn) => {
      let count = 0;
      for (let run = 0; run < ratios.length; run += 1) {
        const ratio = ratios.at(run);
        if (Number.isNaN(ratio) || !isOfGroup(run)) continue;
        kept[count] = ratio;
        count += 1;
      }
      return figuresOfRatios(kept.subarray(0, count));
    };
    return {
      outputTokensPerSecondPerGpu: figures(throughput),
      tpotMs: figures(tpot),
      ttftMs: figures(ttft),
    };
  }
}
