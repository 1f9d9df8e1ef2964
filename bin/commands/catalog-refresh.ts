import { existsSync } from 'node:fs';
import { EXIT, json, textOf, type ExitCode, type Flags, type Run, type Surroundings } from '#bin/command';
import { awsCaller } from '#bin/aws/call-aws';
import { downloader } from '#bin/prices/download';
import { exchangeRates } from '#bin/prices/exchange-rates';
import { refreshPrices } from '#bin/prices/refresh-prices';
import { loadCatalog } from '#lib/catalog/load';
import { readSnapshots } from '#lib/catalog/price-files';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import type { CallAws } from '#lib/price-feeds/aws/aws-call';
import type { PriceFeed } from '#lib/price-feeds/feed';
import { LIVE_FEEDS, PRICE_FEEDS } from '#lib/price-feeds/index';
import type { RefreshedPart } from '#lib/price-feeds/price-refresh';
import { priceRefreshScreen } from '#lib/report/screens/price-refresh-screen';
import { renderText } from '#lib/report/text';

const USUAL_REGION = 'us-east-1';
const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;

/** The one command that uses the network. */
export const run: Run = async (_operands, flags, surroundings) => {
  const cache = cacheFolder(flags, surroundings);
  const isLive = flags['live'] === true;
  const feeds = feedsOf(textOf(flags, 'provider'), isLive);
  const callAws = isLive ? await signedCalls(surroundings) : undefined;
  const root = rootOf(textOf(flags, 'endpointRoot'), feeds);
  const bundled = loadCatalog();
  const refresh = await refreshPrices({
    feeds,
    request: {
      root,
      regions: regionsOf(textOf(flags, 'region'), cache),
      catalog: bundled,
      prices: () => (existsSync(cache) ? loadCatalog({ prices: cache }) : bundled).prices(),
      fetchedAt: surroundings.now?.() ?? `${surroundings.today}T00:00:00Z`,
      exchangeRates: exchangeRates(bundled.exchangeRates, textOf(flags, 'exchangeRate'), surroundings.today),
      read: downloader(surroundings.download),
      callAws,
    },
    bundled,
    cache,
    acceptMoves: flags['acceptMoves'] === true,
    dryRun: flags['dryRun'] === true,
    progress: surroundings.progress ?? (() => undefined),
  });
  const stdout = flags['json']
    ? json(refresh)
    : renderText(priceRefreshScreen(refresh), { ...surroundings, wide: flags['wide'] === true });
  return { stdout, stderr: '', exitCode: exitCodeOf(refresh.parts) };
};

function exitCodeOf(parts: readonly RefreshedPart[]): ExitCode {
  if (parts.some(({ state }) => state === 'refused')) return EXIT.guardrail;
  return parts.some(({ state }) => state === 'failed') ? EXIT.preflight : EXIT.fine;
}

function cacheFolder(flags: Flags, { priceCache }: Surroundings): string {
  const folder = textOf(flags, 'output') ?? priceCache;
  if (folder !== undefined) return folder;
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--output',
    expected: 'a folder for the refreshed prices',
    fix: 'name it by --output or LANDFALL_PRICES',
  });
}

/** @throws LandfallError where nobody is signed in; it says nothing of what was found */
async function signedCalls({ awsCredentials, download }: Surroundings): Promise<CallAws> {
  const credentials = (await awsCredentials?.()) ?? null;
  if (credentials !== null) return awsCaller(credentials, download);
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--live',
    got: 'no credentials of AWS',
    expected: 'AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or a profile that the AWS CLI can export',
    fix: 'sign in (aws sso login), or leave --live out: the published lists need no credentials',
  });
}

/** With `--live` those that are asked, else those that are read. */
function feedsOf(named: string | undefined, isLive: boolean): readonly PriceFeed[] {
  const known = isLive ? LIVE_FEEDS : PRICE_FEEDS;
  if (named === undefined) return known;
  return named.split(',').map((id) => {
    const feed = known.find((each) => each.id === id);
    if (feed !== undefined) return feed;
    const ids = known.map((each) => each.id);
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: '--provider',
      got: `"${id}"`,
      expected: 'a publisher of prices',
      fix: LIVE_FEEDS.some((each) => each.id === id) ? 'add --live' : suggestion(id, ids),
    });
  });
}

/** A mirror of one publisher is none of another. */
function rootOf(text: string | undefined, feeds: readonly PriceFeed[]): string | undefined {
  if (text === undefined) return undefined;
  const isAddress = /^https?:\/\/[^\s/]+/.test(text);
  if (isAddress && feeds.length === 1) return text.replace(/\/+$/, '');
  throw new LandfallError({
    code: 'BAD_USAGE',
    at: '--endpoint-root',
    got: isAddress ? `one root for ${feeds.length} publishers` : `"${text}"`,
    expected: 'the address under which one publisher is mirrored',
    fix: 'write it as --provider aws --endpoint-root https://mirror.example/aws-pricing',
  });
}

/** The regions asked for, else those that the cache has, else the largest one. */
function regionsOf(text: string | undefined, cache: string): readonly string[] {
  if (text === undefined) return known(cache);
  const regions = text.split(',');
  const wrong = regions.find((region) => !REGION.test(region));
  if (wrong === undefined) return regions;
  throw new LandfallError({
    code: 'UNKNOWN_REGION',
    at: '--region',
    got: `"${wrong}"`,
    expected: 'regions, with commas between them',
    fix: 'write them as --region us-east-1,eu-central-1',
  });
}

function known(cache: string): readonly string[] {
  const snapshots = existsSync(cache) ? readSnapshots(cache) : [];
  const regions = snapshots.flatMap(({ part }) => part.split('/').filter((word) => REGION.test(word)));
  return regions.length === 0 ? [USUAL_REGION] : [...new Set(regions)].toSorted();
}
