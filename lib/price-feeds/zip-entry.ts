import { IncompleteDocument, UnknownForm } from '#lib/price-feeds/document-reader';

/** Largest text that is unpacked, in bytes. */
const MAXIMUM_BYTES = 64 * 2 ** 20;
const END = 0x06_05_4b_50;
const ENTRY = 0x02_01_4b_50;
const LOCAL = 0x04_03_4b_50;
const END_BYTES = 22;
const STORED = 0;
const DEFLATED = 8;

/**
 * The text of the only file in a ZIP archive whose name ends so (APPNOTE.TXT 4.3), stored or deflated.
 *
 * @throws IncompleteDocument where the archive is cut; UnknownForm where it is none, or holds no such file
 */
export async function textInZip(bytes: Uint8Array, ending: string): Promise<string> {
  try {
    return await textOf(bytes, ending);
  } catch (error) {
    // Places beyond the end, bytes that do not inflate, bytes that are no UTF-8.
    if (error instanceof RangeError || error instanceof TypeError) throw new UnknownForm('a damaged archive');
    throw error;
  }
}

async function textOf(bytes: Uint8Array, ending: string): Promise<string> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const end = endOf(view);
  const decoder = new TextDecoder('utf-8', { fatal: true });
  let at = view.getUint32(end + 16, true);
  for (let entries = view.getUint16(end + 10, true); entries > 0; entries -= 1) {
    if (at + 46 > end || view.getUint32(at, true) !== ENTRY) throw new UnknownForm('a damaged archive');
    const nameBytes = view.getUint16(at + 28, true);
    const name = decoder.decode(bytes.subarray(at + 46, at + 46 + nameBytes));
    if (name.endsWith(ending)) return decoder.decode(await unpacked(bytes, view, at));
    at += 46 + nameBytes + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  }
  throw new UnknownForm(`no ${ending} in the archive`);
}

/** The record at the end of an archive: the last one, since a comment may follow it. */
function endOf(view: DataView): number {
  if (view.byteLength < 4 || view.getUint32(0, true) !== LOCAL) throw new UnknownForm('not a ZIP archive');
  for (let at = view.byteLength - END_BYTES; at >= 0; at -= 1) {
    if (view.getUint32(at, true) === END) return at;
  }
  throw new IncompleteDocument('the archive does not end');
}

async function unpacked(bytes: Uint8Array, view: DataView, entry: number): Promise<Uint8Array> {
  const method = view.getUint16(entry + 10, true);
  const [packed, whole] = [view.getUint32(entry + 20, true), view.getUint32(entry + 24, true)];
  const local = view.getUint32(entry + 42, true);
  if (whole > MAXIMUM_BYTES) throw new UnknownForm(`more than ${MAXIMUM_BYTES} bytes`);
  const from = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
  const part = bytes.slice(from, from + packed);
  if (method === STORED) return part;
  if (method !== DEFLATED) throw new UnknownForm(`an archive packed by method ${method}`);
  const text = await inflated(part);
  if (text.length !== whole) throw new UnknownForm('a file of another length than the archive says');
  return text;
}

async function inflated(part: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const stream = new Blob([part]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  try {
    return new Uint8Array(await new Response(stream).arrayBuffer());
  } catch {
    // What it throws differs between versions of Node.
    throw new UnknownForm('a damaged archive');
  }
}
