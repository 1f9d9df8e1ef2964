import { FlateErrorCode, Unzip, UnzipInflate, unzipSync, type FlateError, type UnzipFileInfo } from 'fflate';
import { IncompleteDocument, UnknownForm } from '#lib/price-feeds/document-reader';

/** Largest text that is unpacked, in bytes. */
const MAXIMUM_BYTES = 64 * 2 ** 20;
/** `PK` and the mark of a file's own header, with which every archive begins. */
const LOCAL_HEADER = [0x50, 0x4b, 0x03, 0x04] as const;

/**
 * The text of the first file in a ZIP archive whose name ends so, stored or deflated.
 *
 * @throws IncompleteDocument where the archive is cut; UnknownForm where it is none, or holds no such file
 */
export function textInZip(bytes: Uint8Array, ending: string): string {
  if (!LOCAL_HEADER.every((byte, index) => bytes[index] === byte)) throw new UnknownForm('not a ZIP archive');
  try {
    const entry = entriesOf(bytes).find(({ name }) => name.endsWith(ending));
    if (entry === undefined) throw new UnknownForm(`no ${ending} in the archive`);
    if (entry.originalSize > MAXIMUM_BYTES) throw new UnknownForm(`more than ${MAXIMUM_BYTES} bytes`);
    return textOf(bytes, entry);
  } catch (error) {
    if (error instanceof UnknownForm) throw error;
    // What the library throws has a code; what the language throws is a place beyond the end, or bytes that are no UTF-8.
    const isCut = (error as Partial<FlateError>).code === FlateErrorCode.InvalidZipData;
    throw isCut ? new IncompleteDocument('the archive does not end') : new UnknownForm('a damaged archive');
  }
}

/** As its directory at the end lists them. */
function entriesOf(bytes: Uint8Array): readonly UnzipFileInfo[] {
  const entries: UnzipFileInfo[] = [];
  unzipSync(bytes, {
    filter: (entry) => {
      entries.push(entry);
      return false;
    },
  });
  return entries;
}

/** Unpacked piece by piece: what is longer than the directory says would else be cut without a word. */
function textOf(bytes: Uint8Array, { name, originalSize }: UnzipFileInfo): string {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const parts: string[] = [];
  let length = 0;
  const archive = new Unzip((file) => {
    if (file.name !== name) return;
    file.ondata = (error, piece, isLast) => {
      if (error !== null) throw error;
      length += piece.length;
      if (length > originalSize) throw otherLength();
      parts.push(decoder.decode(piece, { stream: !isLast }));
    };
    file.start();
  });
  archive.register(UnzipInflate);
  archive.push(bytes, true);
  if (length !== originalSize) throw otherLength();
  return parts.join('');
}

function otherLength(): UnknownForm {
  return new UnknownForm('a file of another length than the archive says');
}
