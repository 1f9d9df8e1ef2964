import { sealed, type PriceRow, type PriceSnapshot } from '#lib/catalog/price-documents';
import { priceId } from '#lib/catalog/prices';
import type { SourceMethod } from '#lib/catalog/provenance';
import type { DocumentFacts } from '#lib/price-feeds/document-reader';

export interface SnapshotHead {
  readonly feed: string;
  readonly part: string;
  readonly publisher: string;
  readonly method: SourceMethod;
  readonly confidence: PriceSnapshot['confidence'];
  readonly licence?: string;
  readonly live?: true;
  readonly currency: string;
  readonly fetchedAt: string;
  readonly publicationDate: string | null;
}

/** Id of the source that the prices of a part cite. */
export function sourceIdOf({ feed, part }: Pick<SnapshotHead, 'feed' | 'part'>): string {
  return `refreshed-${feed}-${part}`.toLowerCase().replaceAll(/[^a-z0-9.-]+/g, '-');
}

/**
 * The part of the cache that a document makes, sorted by id. A price that the document lists twice with different
 * amounts is left out and noted: which one holds is not for us to guess.
 */
export function snapshotOf(
  head: SnapshotHead,
  rows: readonly PriceRow[],
  { url, sha256 }: Pick<DocumentFacts, 'url' | 'sha256'>,
): { readonly snapshot: PriceSnapshot; readonly notes: readonly string[] } {
  const { publisher, method, licence, ...rest } = head;
  const found = new Map<string, PriceRow>();
  const contradicted = new Set<string>();
  for (const row of rows) {
    const id = priceId(row);
    const known = found.get(id);
    if (known !== undefined && known.usd !== row.usd) contradicted.add(id);
    else found.set(id, row);
  }
  const prices = [...found]
    .filter(([id]) => !contradicted.has(id))
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([, row]) => row);
  const snapshot = sealed<PriceSnapshot>({
    schema: 'landfall/price-snapshot/v1',
    ...rest,
    sourceUrl: url,
    sourceSha256: sha256,
    source: {
      id: sourceIdOf(head),
      publisher,
      document: url,
      retrieved: head.fetchedAt.slice(0, 10),
      method,
      ...(licence === undefined ? {} : { licence }),
    },
    prices,
    withdrawn: [],
  });
  return { snapshot, notes: [...contradicted].map((id) => `${id} is listed with two amounts`) };
}
