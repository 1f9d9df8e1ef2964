import type { EvaluatedRow } from '#lib/evaluation/evaluation';
import { HeldRows } from '#lib/evaluation/held-rows';
import { NumberColumn } from '#lib/evaluation/number-column';
import { RepeatedTextColumn, TextColumn } from '#lib/evaluation/text-column';

const SEEN = [false, true, null] as const;

/** Runs that were predicted. */
export class EvaluatedRows extends HeldRows<EvaluatedRow> {
  private readonly ids = new TextColumn();
  private readonly quantities = new RepeatedTextColumn();
  private readonly measured = new NumberColumn();
  private readonly predicted = new NumberColumn();
  private readonly low = new NumberColumn();
  private readonly high = new NumberColumn();
  /** Place of `seen` among `SEEN`. */
  private readonly seen = NumberColumn.ofFlags();

  public add({ id, quantity, measured, predicted, low, high, seen }: EvaluatedRow): void {
    this.ids.add(id);
    this.quantities.add(quantity);
    this.measured.add(measured);
    this.predicted.add(predicted);
    this.low.add(low);
    this.high.add(high);
    this.seen.add(SEEN.indexOf(seen));
  }

  public addAll(rows: Iterable<EvaluatedRow>): void {
    for (const row of rows) this.add(row);
  }

  public get length(): number {
    return this.ids.length;
  }

  protected at(index: number): EvaluatedRow {
    return {
      id: this.ids.at(index),
      quantity: this.quantities.at(index),
      measured: this.measured.at(index),
      predicted: this.predicted.at(index),
      low: this.low.at(index),
      high: this.high.at(index),
      seen: SEEN[this.seen.at(index)] ?? null,
    };
  }
}
