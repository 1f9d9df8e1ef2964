import type { Catalog } from '#lib/catalog/catalog';
import type { ExchangeRate } from '#lib/catalog/exchange-rates';
import type { PriceRecord } from '#lib/catalog/prices';
import type { PriceSnapshot } from '#lib/catalog/price-documents';
import type { CallAws } from '#lib/price-feeds/aws/aws-call';
import type { ReadDocument } from '#lib/price-feeds/document-reader';

export interface FeedRequest {
  /** Where its documents lie. @default - where their publisher keeps them */
  readonly root?: string | undefined;
  /** Regions whose prices are wanted, of feeds that keep them apart. */
  readonly regions: readonly string[];
  /** What is known without a refresh: instance types, ladders of prices. */
  readonly catalog: Catalog;
  /** Current prices, refreshed ones included: what shares are made of, and regions are known by. */
  readonly prices: () => readonly PriceRecord[];
  /** Instant of the refresh: `2026-11-28T13:00:00Z`. */
  readonly fetchedAt: string;
  /** Of other currencies than USD. */
  readonly exchangeRates: ReadonlyMap<string, ExchangeRate>;
  readonly read: ReadDocument;
  /** Asks APIs that need credentials. @default - there are none */
  readonly callAws?: CallAws | undefined;
}

/** What came of asking for one part. */
export interface FeedAnswer {
  /** `null` where the publisher has no such part: a service that is not offered in the region. */
  readonly snapshot: PriceSnapshot | null;
  /** What was in the document and could not be used, and why. */
  readonly notes: readonly string[];
  /** It names some of what is sold, so that what it leaves out is not lost. @default false */
  readonly isPartial?: boolean;
}

/** A document of prices that is fetched, checked and kept apart from the others. */
export interface FeedPart {
  /** `AmazonEC2/us-east-1`: path of its file in the cache, under its feed. */
  readonly part: string;
  readonly refresh: () => Promise<FeedAnswer>;
}

/** A publisher of prices, in the form that it documents. */
export interface PriceFeed {
  readonly id: string;
  readonly title: string;
  readonly defaultRoot: string;
  /** Its parts; reads no more than the index that names them. */
  readonly parts: (request: FeedRequest) => Promise<readonly FeedPart[]>;
}
