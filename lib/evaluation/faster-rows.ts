import type { BenchmarkRun } from '#lib/evaluation/benchmark-run';
import type { FasterRow } from '#lib/evaluation/evaluation';
import { HeldRows } from '#lib/evaluation/held-rows';
import { NumberColumn } from '#lib/evaluation/number-column';
import { TextColumn } from '#lib/evaluation/text-column';
import { leastTpotMs } from '#lib/sizing/least-tpot';
import { pieceOf } from '#lib/sizing/measured-run';

/** Runs faster than memory allows an engine that makes one token a step: a file may hold a million of them. */
export class FasterRows extends HeldRows<FasterRow> {
  private readonly ids = new TextColumn();
  private readonly impliedTpotMs = new NumberColumn();
  private readonly leastTpotMs = new NumberColumn();

  public add(row: FasterRow): void {
    this.ids.add(row.id);
    this.impliedTpotMs.add(row.impliedTpotMs);
    this.leastTpotMs.add(row.leastTpotMs);
  }

  public get length(): number {
    return this.ids.length;
  }

  protected at(index: number): FasterRow {
    return {
      id: this.ids.at(index),
      impliedTpotMs: this.impliedTpotMs.at(index),
      leastTpotMs: this.leastTpotMs.at(index),
    };
  }
}

/**
 * What a run says that cannot be without speculation or narrower weights than it states; `null` where it can. The published
 * runs take at least 1.33 times as long as that.
 */
export function fasterThanMemory(id: string, benchmark: BenchmarkRun): FasterRow | null {
  const { model, accelerator, run } = benchmark;
  const least = leastTpotMs(pieceOf(run, model, accelerator));
  const implied = impliedTpotMs(benchmark);
  if (least === null || implied >= least) return null;
  return { id, impliedTpotMs: rounded(implied), leastTpotMs: rounded(least) };
}

/** The time per token as measured, or by the rate of all sequences at once where that is shorter. */
function impliedTpotMs({ run, tpotMs, outputTokensPerSecondPerGpu }: BenchmarkRun): number {
  const ofRate =
    run.concurrency === null
      ? Number.POSITIVE_INFINITY
      : (1000 * run.concurrency) / (outputTokensPerSecondPerGpu * run.gpus);
  return Math.min(tpotMs ?? Number.POSITIVE_INFINITY, ofRate);
}

function rounded(ms: number): number {
  return Math.round(ms * 1000) / 1000;
}
