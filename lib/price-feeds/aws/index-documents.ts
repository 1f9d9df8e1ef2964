import * as z from 'zod';
import { jsonReader, UnknownForm, type ReadDocument } from '#lib/price-feeds/document-reader';

const RootIndex = z.object({
  offers: z.record(
    z.string(),
    z.object({
      currentRegionIndexUrl: z.string().optional(),
      currentSavingsPlanIndexUrl: z.string().optional(),
    }),
  ),
});
export type RootIndex = z.output<typeof RootIndex>;

const RegionIndex = z.object({
  regions: z.record(z.string(), z.object({ currentVersionUrl: z.string() })),
});

const SavingsPlanIndex = z.object({
  regions: z.array(z.object({ regionCode: z.string(), versionUrl: z.string() })),
});

/** `https://pricing.us-east-1.amazonaws.com` and the partition, `aws` or `cn`. */
export async function readRootIndex(read: ReadDocument, root: string, partition: string): Promise<RootIndex> {
  const { value } = await read(`${root}/offers/v1.0/${partition}/index.json`, () => jsonReader(RootIndex));
  return value;
}

/** Address of the price list of one region; `null` where the offer is not sold there. */
export async function priceListUrl(
  read: ReadDocument,
  root: string,
  { offers }: RootIndex,
  offer: string,
  region: string,
): Promise<string | null> {
  const path = offers[offer]?.currentRegionIndexUrl;
  if (path === undefined) return null;
  const { value } = await read(within(root, path), () => jsonReader(RegionIndex));
  const version = value.regions[region]?.currentVersionUrl;
  return version === undefined ? null : within(root, version);
}

/** Address of the savings plans of one region; `null` where there are none. */
export async function savingsPlanUrl(
  read: ReadDocument,
  root: string,
  { offers }: RootIndex,
  offer: string,
  region: string,
): Promise<string | null> {
  const path = offers[offer]?.currentSavingsPlanIndexUrl;
  if (path === undefined) return null;
  const { value } = await read(within(root, path), () => jsonReader(SavingsPlanIndex));
  const found = value.regions.find(({ regionCode }) => regionCode === region);
  return found === undefined ? null : within(root, found.versionUrl);
}

/** The indexes name paths. Another host in one would be a redirect that nobody asked for. */
function within(root: string, path: string): string {
  if (path.startsWith('/') && !path.startsWith('//')) return root + path;
  if (path.startsWith(`${root}/`)) return path;
  throw new UnknownForm(`an address outside ${root}: ${path}`);
}
