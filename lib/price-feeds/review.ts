import { sealed, type PriceSnapshot } from '#lib/catalog/price-documents';
import { alarming, priceMoves, type PriceMoves } from '#lib/catalog/price-moves';
import { priceId, type PriceRecord } from '#lib/catalog/prices';

/** A refreshed part beside what was known before. */
export interface Review {
  /** The part as it would be kept: with what its document no longer lists. */
  readonly snapshot: PriceSnapshot;
  readonly moves: PriceMoves;
  /** Why a person should look before it is kept; empty where nothing speaks against it. */
  readonly alarms: readonly string[];
}

/**
 * Holds a refreshed part against the part before it, or on the first refresh against the bundled prices. Of bundled
 * prices only instance types can be lost: their lists name every type that is sold, other documents may name less.
 *
 * @param isPartial - The part names some of what is sold; nothing bundled is lost by it
 */
export function review(
  snapshot: PriceSnapshot,
  previous: PriceSnapshot | null,
  bundled: readonly PriceRecord[],
  isPartial = false,
): Review {
  const after = recordsOf(snapshot);
  const before = previous === null ? expectedOf(bundled, after, isPartial) : recordsOf(previous);
  const moves = priceMoves(before, after);
  const listed = new Set(after.map(({ id }) => id));
  const gone = [...moves.removed.map(({ id }) => id), ...(previous?.withdrawn ?? [])];
  const withdrawn = [...new Set(gone)].filter((id) => !listed.has(id)).toSorted();
  // What a factor made up was never listed: losing it alarms nobody.
  const firm = before.filter(({ derived }) => derived !== true);
  const { sha256: _sha256, ...body } = snapshot;
  return {
    snapshot: sealed<PriceSnapshot>({ ...body, withdrawn }),
    moves,
    alarms: alarming(priceMoves(firm, after)),
  };
}

function recordsOf({ prices }: PriceSnapshot): readonly PriceRecord[] {
  return prices.map((row) => ({ id: priceId(row), ...row }));
}

/** The bundled prices that a first refresh can be held to. */
function expectedOf(
  bundled: readonly PriceRecord[],
  after: readonly PriceRecord[],
  isPartial: boolean,
): readonly PriceRecord[] {
  const ids = new Set(after.map(({ id }) => id));
  const lists = new Set(isPartial ? [] : after.filter(isInstance).map(listOf));
  return bundled.filter((record) => ids.has(record.id) || (isInstance(record) && lists.has(listOf(record))));
}

function isInstance({ unit }: PriceRecord): boolean {
  return unit === 'instance-hour';
}

function listOf({ seller, service, region, term }: PriceRecord): string {
  return `${seller}/${service}/${region}/${term}`;
}
