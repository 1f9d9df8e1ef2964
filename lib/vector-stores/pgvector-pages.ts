/** Of a PostgreSQL page, and what is left of it in an HNSW index and in a table, after the headers. */
const PAGE_BYTES = 8192;
const INDEX_ROOM_BYTES = 8160;
const TABLE_ROOM_BYTES = 8168;
/** Each tuple has a pointer of 4 bytes on its page and begins at a multiple of 8. */
const POINTER_BYTES = 4;
const ALIGNED_BYTES = 8;
/** An element carries its flags, ten places in the table and the place of its neighbours before the vector. */
const ELEMENT_BYTES = 72;
/** Neighbours are places of 6 bytes, twice as many on the lowest layer. */
const NEIGHBOURS_BYTES = 4;
const PLACE_BYTES = 6;
/** What stands before the columns of a row. */
const ROW_BYTES = 24;
/** Rows beyond about 2 kB hand a column out in pieces of 1,996 bytes, each a row with 12 bytes of columns of its own. */
const ROW_LIMIT_BYTES = 2032;
const PIECE_BYTES = 1996;
const PIECE_COLUMNS_BYTES = 12;

/**
 * Bytes of pgvector's HNSW index for one vector: an element and its neighbours stay on one page, so that what does not
 * fit the rest of a page leaves it empty (`hnsw.h`, `hnswbuild.c` of v0.8.0). A vector of 1,024 numbers fills a page.
 *
 * @param vectorBytes - Of one column value
 */
export function pgvectorIndexBytes(vectorBytes: number, links: number): number {
  const element = aligned(ELEMENT_BYTES + vectorBytes) + POINTER_BYTES;
  const neighbours = aligned(NEIGHBOURS_BYTES + 2 * links * PLACE_BYTES) + POINTER_BYTES;
  // One in `links` stands on a second layer, one in their square on a third.
  const upperLayers = (links * PLACE_BYTES) / (links - 1);
  const each = element + neighbours;
  if (each > INDEX_ROOM_BYTES) return 2 * PAGE_BYTES;
  return PAGE_BYTES / Math.max(1, Math.floor(INDEX_ROOM_BYTES / (each + upperLayers)));
}

/**
 * Bytes of the table for one vector: in its row, or in pieces of which four fill a page. What is left of a page takes the
 * end of a vector and no whole piece of the next one.
 */
export function pgvectorTableBytes(vectorBytes: number): number {
  if (ROW_BYTES + vectorBytes <= ROW_LIMIT_BYTES) return aligned(ROW_BYTES + vectorBytes) + POINTER_BYTES;
  const piece = (bytes: number) => aligned(ROW_BYTES + PIECE_COLUMNS_BYTES + bytes) + POINTER_BYTES;
  const whole = Math.floor(vectorBytes / PIECE_BYTES);
  const rest = vectorBytes % PIECE_BYTES;
  const each = whole * piece(PIECE_BYTES) + (rest === 0 ? 0 : piece(rest));
  const perPage = Math.floor(TABLE_ROOM_BYTES / each);
  return perPage === 0 ? (PAGE_BYTES * (whole + 1)) / 4 : PAGE_BYTES / perPage;
}

function aligned(bytes: number): number {
  return Math.ceil(bytes / ALIGNED_BYTES) * ALIGNED_BYTES;
}
