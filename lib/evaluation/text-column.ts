import { NumberColumn } from '#lib/evaluation/number-column';

const CHUNK_BYTES = 2 ** 20;

/** Texts, added one by one: in UTF-8 and outside the heap, which would else grow to several times their size. */
export class TextColumn {
  private readonly encoder = new TextEncoder();
  private readonly decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  private readonly chunks: Uint8Array[] = [];
  /** Of each text: the place of its chunk. */
  private readonly chunkOf = new NumberColumn();
  /** Of each text: where it begins in its chunk, and behind its end. */
  private readonly starts = new NumberColumn();
  private readonly ends = new NumberColumn();
  private free = 0;

  public get length(): number {
    return this.ends.length;
  }

  public add(text: string): void {
    // Three bytes are the most that a UTF-16 unit takes.
    const most = text.length * 3;
    let chunk = this.chunks.at(-1);
    if (chunk === undefined || this.free + most > chunk.length) {
      this.chunks.push((chunk = new Uint8Array(Math.max(CHUNK_BYTES, most))));
      this.free = 0;
    }
    this.chunkOf.add(this.chunks.length - 1);
    this.starts.add(this.free);
    this.free += this.encoder.encodeInto(text, chunk.subarray(this.free)).written;
    this.ends.add(this.free);
  }

  /** Empty beyond the last. */
  public at(index: number): string {
    const chunk = this.chunks[this.chunkOf.at(index)];
    return this.decoder.decode(chunk?.subarray(this.starts.at(index), this.ends.at(index)));
  }
}

/** Different texts that are found again; one beyond them is held anew each time. */
const MOST_KNOWN = 1000;

/** Texts of which few differ: each of those is held once. */
export class RepeatedTextColumn {
  private readonly texts = new TextColumn();
  private readonly known = new Map<string, number>();
  /** Of each entry: the place of its text. */
  private readonly places = new NumberColumn();

  public get length(): number {
    return this.places.length;
  }

  public add(text: string): void {
    this.places.add(this.known.get(text) ?? this.addNew(text));
  }

  /** Empty beyond the last. */
  public at(index: number): string {
    return this.texts.at(this.places.at(index));
  }

  private addNew(text: string): number {
    const place = this.texts.length;
    this.texts.add(text);
    if (place < MOST_KNOWN) this.known.set(text, place);
    return place;
  }
}
