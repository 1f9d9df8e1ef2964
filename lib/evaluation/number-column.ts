const CHUNK = 2 ** 16;

/** Numbers of eight bytes each, added one by one; outside the heap, which would else grow to several times their size. */
export class NumberColumn {
  private readonly chunks: Float64Array[] = [];
  private count = 0;

  public get length(): number {
    return this.count;
  }

  public add(value: number): void {
    const place = this.count % CHUNK;
    if (place === 0) this.chunks.push(new Float64Array(CHUNK));
    const chunk = this.chunks.at(-1);
    if (chunk !== undefined) chunk[place] = value;
    this.count += 1;
  }

  /** NaN beyond the last. */
  public at(index: number): number {
    return index < this.count
      ? (this.chunks[Math.floor(index / CHUNK)]?.[index % CHUNK] ?? Number.NaN)
      : Number.NaN;
  }
}
