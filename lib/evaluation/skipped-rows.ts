import type { SkippedRow } from '#lib/evaluation/evaluation';
import { HeldRows } from '#lib/evaluation/held-rows';
import { RepeatedTextColumn, TextColumn } from '#lib/evaluation/text-column';

/** Rows that nothing is said about: a file may hold a million of them, for a handful of reasons. */
export class SkippedRows extends HeldRows<SkippedRow> {
  private readonly ids = new TextColumn();
  private readonly reasons = new RepeatedTextColumn();

  public add({ id, reason }: SkippedRow): void {
    this.ids.add(id);
    this.reasons.add(reason);
  }

  public get length(): number {
    return this.ids.length;
  }

  protected at(index: number): SkippedRow {
    return { id: this.ids.at(index), reason: this.reasons.at(index) };
  }
}
