const CHUNK = 2 ** 16;

type Numbers = Float64Array | Uint32Array | Uint8Array;

/** Numbers of eight bytes each or fewer, added one by one; outside the heap, which would else grow to several times their size. */
export class NumberColumn {
  private readonly chunks: Numbers[] = [];
  private readonly make: (length: number) => Numbers;
  private count = 0;

  /** @param make - Of whole numbers that fit fewer bytes. @default - numbers of eight bytes */
  public constructor(make: (length: number) => Numbers = (length) => new Float64Array(length)) {
    this.make = make;
  }

  /** Of whole numbers below 2³². */
  public static ofPlaces(): NumberColumn {
    return new NumberColumn((length) => new Uint32Array(length));
  }

  /** Of whole numbers below 256. */
  public static ofFlags(): NumberColumn {
    return new NumberColumn((length) => new Uint8Array(length));
  }

  public get length(): number {
    return this.count;
  }

  public add(value: number): void {
    const place = this.count % CHUNK;
    if (place === 0) this.chunks.push(this.make(CHUNK));
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
