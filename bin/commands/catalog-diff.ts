import { EXIT, fine, json, type Run, type Surroundings } from '#bin/command';
import { loadCatalog } from '#lib/catalog/load';
import { readPriceLayers } from '#lib/catalog/price-files';
import { topmostPrices } from '#lib/catalog/price-layers';
import { priceMoves, type PriceDiff } from '#lib/catalog/price-moves';
import type { PriceRecord } from '#lib/catalog/prices';
import { LandfallError } from '#lib/errors/landfall-error';
import { priceDiffScreen } from '#lib/report/screens/price-screens';
import { renderText } from '#lib/report/text';

export const run: Run = ([from, to], flags, surroundings) => {
  if (from === undefined || to === undefined) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall catalog diff',
      expected: 'two lists of prices',
      fix: 'name each by `bundled`, `cache`, a pin, or a folder of refreshed prices',
    });
  }
  const [before, after] = sameScope([from, sideOf(from, surroundings)], [to, sideOf(to, surroundings)]);
  const diff: PriceDiff = { schema: 'landfall/price-diff/v1', from, to, ...priceMoves(before, after) };
  const stdout = flags['json']
    ? json(diff)
    : renderText(priceDiffScreen(diff), { ...surroundings, wide: flags['wide'] === true });
  const isDifferent = diff.added.length + diff.removed.length + diff.moved.length > 0;
  return isDifferent && flags['exitCode'] === true
    ? { stdout, stderr: '', exitCode: EXIT.different }
    : fine(stdout);
};

/** `bundled`, `cache`, or the path of a pin, of a part of a cache, or of a folder of them. */
function sideOf(name: string, { priceCache }: Surroundings): readonly PriceRecord[] {
  if (name === 'bundled') return loadCatalog().prices();
  if (name !== 'cache') return topmostPrices(readPriceLayers(name));
  if (priceCache !== undefined) return topmostPrices(readPriceLayers(priceCache));
  throw new LandfallError({
    code: 'FILE_UNREADABLE',
    at: 'cache',
    got: 'no folder of refreshed prices',
    expected: 'a cache',
    fix: 'fill it by `landfall catalog refresh`, or name its folder',
  });
}

type Side = readonly [name: string, prices: readonly PriceRecord[]];

/** Bundled prices cover far more than a pin or a refreshed part: only what the other side could list is compared. */
function sameScope(
  [from, before]: Side,
  [to, after]: Side,
): [readonly PriceRecord[], readonly PriceRecord[]] {
  const within = (records: readonly PriceRecord[], scope: readonly PriceRecord[]) => {
    const ids = new Set(scope.map(({ id }) => id));
    return records.filter(({ id }) => ids.has(id));
  };
  if (to === 'bundled' && from !== 'bundled') return [before, within(after, before)];
  if (from === 'bundled' && to !== 'bundled') return [within(before, after), after];
  return [before, after];
}
