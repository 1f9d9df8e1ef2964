import { createHash } from 'node:crypto';

import type { RegionalFactor } from '#lib/catalog/managed-models';
import type { PriceRecord } from '#lib/catalog/prices';
import type { Source } from '#lib/catalog/provenance';
import { LandfallError } from '#lib/errors/landfall-error';

/** A price in a file: its id is what its other fields spell, its layer is the file's. */
export type PriceRow = Omit<PriceRecord, 'id' | 'layer'>;

/** What one document of a seller or a publisher said of its prices on one day: a part of the cache. */
export interface PriceSnapshot {
  readonly schema: 'landfall/price-snapshot/v1';
  /** Who was asked: `aws`. */
  readonly feed: string;
  /** Which of its documents: `AmazonEC2/us-east-1`. */
  readonly part: string;
  /** Instant at which the document was read: `2026-11-28T13:00:00Z`. */
  readonly fetchedAt: string;
  /** What the document says of its own age; `null` where it says nothing. */
  readonly publicationDate: string | null;
  readonly sourceUrl: string;
  /** Of the document's bytes. */
  readonly sourceSha256: string;
  /** In which the document asks; prices are in USD, with the amount asked beside them. */
  readonly currency: string;
  /** `primary`: the seller's own list; `secondary`: somebody's copy of it. */
  readonly confidence: 'primary' | 'secondary';
  /** Asked of the seller with somebody's own credentials. @default - read from what is published */
  readonly live?: true;
  readonly source: Source;
  readonly prices: readonly PriceRow[];
  /** Ids that the part before this one had and this document no longer lists. */
  readonly withdrawn: readonly string[];
  /** Of everything above. */
  readonly sha256: string;
}

/** The prices and factors that an environment's bills and choices were made of, held still. */
export interface PricePin {
  readonly schema: 'landfall/price-pin/v1';
  readonly environment: string;
  /** Day for which it was pinned. */
  readonly asOf: string;
  /** Day of the bundled catalog beneath. */
  readonly catalog: string;
  readonly prices: readonly PriceRow[];
  readonly factors: readonly RegionalFactor[];
  readonly sources: readonly Source[];
  /** Of everything above. */
  readonly sha256: string;
}

type Document = PriceSnapshot | PricePin;

/** The document with its digest. */
export function sealed<D extends Document>(body: Omit<D, 'sha256'>): D {
  return { ...body, sha256: digestOf(body) } as D;
}

/** JSON with one price a line, so that a change of prices can be read in a review. */
export function documentText(document: Document): string {
  const { prices, ...rest } = document;
  const rows = prices.map((row) => `    ${JSON.stringify(row)}`).join(',\n');
  const listed = rows === '' ? '[]' : `[\n${rows}\n  ]`;
  const head = Object.keys(document).map((key) => {
    const value = key === 'prices' ? listed : JSON.stringify(rest[key as keyof typeof rest]);
    return `  "${key}": ${value}`;
  });
  return `{\n${head.join(',\n')}\n}\n`;
}

/**
 * Reads what `documentText` wrote. Nothing but the digest is checked: whatever carries the right one was written here.
 *
 * @param path - For errors
 * @throws LandfallError where it is no such document, or was changed since
 */
export function parseDocument(text: string, path: string): Document {
  const document = parsed(text);
  const schema = document?.schema;
  if (document === null || (schema !== 'landfall/price-snapshot/v1' && schema !== 'landfall/price-pin/v1')) {
    throw new LandfallError({
      code: 'NOT_PRICES',
      at: `${path}:1:1`,
      got: schema === undefined ? 'something else' : JSON.stringify(schema),
      expected: 'prices as `landfall catalog refresh` or `landfall catalog pin` writes them',
      fix: 'write it anew with that command',
    });
  }
  const { sha256, ...body } = document;
  if (sha256 !== digestOf(body)) {
    throw new LandfallError({
      code: 'PRICES_CHANGED',
      at: `${path}:1:1`,
      got: 'contents that do not match their own sha256',
      expected: 'a file as it was written',
      fix: 'write it anew, delete it, or leave the cache out with --no-cache; own prices belong into `finance.prices`',
    });
  }
  return document;
}

function parsed(text: string): Document | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'schema' in value ? (value as Document) : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

function digestOf(body: object): string {
  return digestOfText(JSON.stringify(body));
}

/** SHA-256, in hexadecimal digits. */
export function digestOfText(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
