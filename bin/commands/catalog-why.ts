import { fine, json, textOf, type Run } from '#bin/command';
import { asOfDate } from '#bin/flags/as-of-date';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { statedPrices } from '#bin/input/stated-prices';
import { loadCatalog } from '#lib/catalog/load';
import { resolvePrice } from '#lib/catalog/resolve-price';
import { overridesOf } from '#lib/cost/finance-overrides';
import { LandfallError } from '#lib/errors/landfall-error';
import { priceResolutionScreen } from '#lib/report/screens/price-screens';
import { renderText } from '#lib/report/text';

export const run: Run = (words, flags, surroundings) => {
  // A SKU may hold spaces; unquoted, the shell has cut it.
  const id = words.join(' ');
  if (id === '') {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: 'landfall catalog why',
      expected: 'the id of a price',
      fix: 'write landfall catalog why seller/service/sku/region/term/unit, as `landfall catalog` lists it',
    });
  }
  const file = textOf(flags, 'environment');
  const opened = file === undefined ? undefined : openedEnvironment(file, flags);
  const catalog = opened?.catalog ?? loadCatalog({ prices: statedPrices(flags) });
  const resolution = resolvePrice({
    id,
    catalog,
    asOf: asOfDate(flags, surroundings),
    ...(opened === undefined ? {} : { overrides: overridesOf(opened.environment.finance) }),
  });
  if (flags['json']) return fine(json(resolution));
  return fine(
    renderText(priceResolutionScreen(resolution), { ...surroundings, wide: flags['wide'] === true }),
  );
};
