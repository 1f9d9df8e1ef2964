import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '#bin/files/write-files';
import { RequestFailed } from '#bin/http/retried';
import type { Catalog } from '#lib/catalog/catalog';
import { documentText, type PriceSnapshot } from '#lib/catalog/price-documents';
import { readSnapshot } from '#lib/catalog/price-files';
import { LandfallError } from '#lib/errors/landfall-error';
import { IncompleteDocument, UnknownForm } from '#lib/price-feeds/document-reader';
import type { FeedPart, FeedRequest, PriceFeed } from '#lib/price-feeds/feed';
import type { PriceRefresh, RefreshedPart } from '#lib/price-feeds/price-refresh';
import { review } from '#lib/price-feeds/review';

export interface RefreshProps {
  readonly feeds: readonly PriceFeed[];
  readonly request: FeedRequest;
  /** The bundled catalog: what a first refresh is held against. */
  readonly bundled: Catalog;
  /** Folder that is filled, one file a part. */
  readonly cache: string;
  /** Keeps parts that a person should look at first: somebody did. */
  readonly acceptMoves: boolean;
  /** Reads and compares, and writes nothing. */
  readonly dryRun: boolean;
  readonly progress: (line: string) => void;
}

/** Refreshes part after part. One that fails or is refused keeps its last file, and the others go on. */
export async function refreshPrices(props: RefreshProps): Promise<PriceRefresh> {
  const { feeds, request, cache } = props;
  const parts: RefreshedPart[] = [];
  for (const feed of feeds) {
    for (const part of await partsOf(feed, request, parts)) {
      const refreshed = await refreshPart(feed, part, props);
      props.progress(`${feed.id}/${part.part}: ${refreshed.state}, ${refreshed.prices} prices`);
      parts.push(refreshed);
    }
  }
  return { schema: 'landfall/price-refresh/v1', fetchedAt: request.fetchedAt, cache, parts };
}

/** A publisher whose index cannot be read is one failed part. */
async function partsOf(
  feed: PriceFeed,
  request: FeedRequest,
  failed: RefreshedPart[],
): Promise<readonly FeedPart[]> {
  try {
    return await feed.parts(request);
  } catch (error) {
    failed.push(unread(feed.id, 'index', reasonOf(error)));
    return [];
  }
}

async function refreshPart(
  feed: PriceFeed,
  { part, refresh }: FeedPart,
  { bundled, cache, acceptMoves, dryRun }: RefreshProps,
): Promise<RefreshedPart> {
  const path = join(cache, feed.id, `${part}.json`);
  try {
    const { snapshot: fresh, notes, isPartial } = await refresh();
    if (fresh === null) return { ...unread(feed.id, part, ''), state: 'absent', notes };
    const previous = previousOf(path);
    const { snapshot, moves, alarms } = review(fresh, previous, bundled.prices(), isPartial);
    const isRefused = alarms.length > 0 && !acceptMoves;
    if (!isRefused && !dryRun) replaceFile(path, documentText(snapshot));
    const { added, removed, moved } = moves;
    const isSame = previous !== null && added.length + removed.length + moved.length === 0;
    return {
      feed: feed.id,
      part,
      state: isRefused ? 'refused' : isSame ? 'confirmed' : 'written',
      prices: snapshot.prices.length,
      added: added.length,
      removed,
      moved,
      notes: [...alarms, ...notes],
      sourceUrl: snapshot.sourceUrl,
      publicationDate: snapshot.publicationDate,
    };
  } catch (error) {
    return unread(feed.id, part, reasonOf(error));
  }
}

/** What a person would want to know; everything else is a bug and goes on. */
function reasonOf(error: unknown): string {
  if (error instanceof RequestFailed || error instanceof UnknownForm) return error.message;
  if (error instanceof IncompleteDocument) return error.message;
  if (error instanceof LandfallError) return error.message;
  throw error;
}

function unread(feed: string, part: string, why: string): RefreshedPart {
  const nothing = { prices: 0, added: 0, removed: [], moved: [], sourceUrl: null, publicationDate: null };
  return { feed, part, state: 'failed', ...nothing, notes: [why] };
}

/** A damaged file is no reference: the refresh mends it, held to the bundled prices. */
function previousOf(path: string): PriceSnapshot | null {
  if (!existsSync(path)) return null;
  try {
    return readSnapshot(path);
  } catch (error) {
    if (error instanceof LandfallError) return null;
    throw error;
  }
}
