/** Rows held as columns: a million of them take a fourth of the memory that objects do. One is made when it is asked for. */
export abstract class HeldRows<Row> implements Iterable<Row> {
  public abstract get length(): number;

  public abstract add(row: Row): void;

  protected abstract at(index: number): Row;

  public *[Symbol.iterator](): Generator<Row, void> {
    for (let index = 0; index < this.length; index += 1) yield this.at(index);
  }

  /** As documents write it. */
  public toJSON(): readonly Row[] {
    return [...this];
  }
}
