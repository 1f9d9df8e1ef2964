import { loadCatalog } from '#lib/catalog/load';
import type { PriceRow } from '#lib/catalog/price-documents';
import { modelNames } from '#lib/price-feeds/aws/bedrock-offers';
import { OFFERS } from '#lib/price-feeds/aws/offers';
import { priceListReader, type PriceListProps } from '#lib/price-feeds/aws/price-list';
import { priceList, type ListedProduct } from './price-lists';

export const catalog = loadCatalog();
const { instances } = catalog;

/** Products as the bulk file of their offer has them, read by its rules. */
export function read(
  offer: string,
  products: readonly ListedProduct[],
  changes: Partial<PriceListProps> = {},
) {
  return readText(offer, JSON.stringify(priceList(offer, products, changes.currency)), changes);
}

export function readText(offer: string, text: string, changes: Partial<PriceListProps> = {}) {
  const reader = priceListReader({
    offer,
    rules: OFFERS[offer] ?? [],
    seller: 'aws',
    region: 'us-east-1',
    currency: 'USD',
    perUsd: 1,
    asOf: '2026-11-28',
    source: 'test',
    instances,
    models: modelNames(catalog.managedModels),
    known: catalog.prices(),
    ...changes,
  });
  // In pieces of an odd size, so that names, numbers and characters are cut anywhere.
  const bytes = new TextEncoder().encode(text);
  for (let at = 0; at < bytes.length; at += 97) reader.write(bytes.subarray(at, at + 97));
  return reader.end();
}

export const amounts = (rows: readonly PriceRow[]) =>
  Object.fromEntries(rows.map(({ service, sku, unit, usd }) => [`${service}/${sku}/${unit}`, usd]));
