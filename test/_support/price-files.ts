import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { documentText, sealed, type PriceRow, type PriceSnapshot } from '#lib/catalog/price-documents';

export const P5: PriceRow = {
  seller: 'aws',
  service: 'ec2',
  sku: 'p5.48xlarge',
  region: 'us-east-1',
  term: 'on-demand',
  unit: 'instance-hour',
  usd: 50,
  asOf: '2026-11-20',
  source: 'refreshed-test',
  accelerator: 'h100-sxm',
  acceleratorCount: 8,
};

/** A part of a cache as a refresh writes it, with prices made up for the test. */
export function snapshot(
  prices: readonly PriceRow[],
  changes: Partial<Omit<PriceSnapshot, 'sha256' | 'prices'>> = {},
): PriceSnapshot {
  return sealed<PriceSnapshot>({
    schema: 'landfall/price-snapshot/v1',
    feed: 'test',
    part: 'list/us-east-1',
    fetchedAt: '2026-11-20T10:00:00Z',
    publicationDate: '2026-11-19',
    sourceUrl: 'http://127.0.0.1/list.json',
    sourceSha256: '0'.repeat(64),
    currency: 'USD',
    confidence: 'primary',
    source: {
      id: 'refreshed-test',
      publisher: 'a seller',
      document: 'http://127.0.0.1/list.json',
      retrieved: '2026-11-20',
      method: 'price-api',
    },
    prices,
    withdrawn: [],
    ...changes,
  });
}

export function writePart(folder: string, name: string, part: PriceSnapshot): string {
  const path = join(folder, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, documentText(part));
  return path;
}
