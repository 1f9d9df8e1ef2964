import type { EvaluatedRow } from '#lib/evaluation/evaluation';
import { NumberColumn } from '#lib/evaluation/number-column';

/**
 * Evaluated runs, held as columns: a million of them take a fourth of the memory that as many objects do. A row is made
 * when it is asked for.
 */
export class EvaluatedRows implements Iterable<EvaluatedRow> {
  private readonly ids: string[] = [];
  private readonly quantities: string[] = [];
  private readonly measured = new NumberColumn();
  private readonly predicted = new NumberColumn();
  private readonly low = new NumberColumn();
  private readonly high = new NumberColumn();

  public add({ id, quantity, measured, predicted, low, high }: EvaluatedRow): void {
    this.ids.push(id);
    this.quantities.push(quantity);
    this.measured.add(measured);
    this.predicted.add(predicted);
    this.low.add(low);
    this.high.add(high);
  }

  public addAll(rows: Iterable<EvaluatedRow>): void {
    for (const row of rows) this.add(row);
  }

  public get length(): number {
    return this.ids.length;
  }

  public *[Symbol.iterator](): Generator<EvaluatedRow, void> {
    for (let row = 0; row < this.length; row += 1) yield this.at(row);
  }

  /** As documents write it. */
  public toJSON(): readonly EvaluatedRow[] {
    return [...this];
  }

  private at(row: number): EvaluatedRow {
    return {
      id: this.ids[row] ?? '',
      quantity: this.quantities[row] ?? '',
      measured: this.measured.at(row),
      predicted: this.predicted.at(row),
      low: this.low.at(row),
      high: this.high.at(row),
    };
  }
}
