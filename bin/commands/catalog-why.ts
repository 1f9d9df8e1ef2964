import { fine, json, textOf, type Run } from '#bin/command';
import { asOfDate } from '#bin/flags/as-of-date';
import { loadCatalog } from '#lib/catalog/load';
import { resolvePrice } from '#lib/catalog/resolve-price';
import { overridesOf } from '#lib/cost/finance-overrides';
import { LandfallError } from '#lib/errors/landfall-error';
import { priceResolutionScreen } from '#lib/report/screens/price-screens';
import { renderText } from '#lib/report/text';
import { loadEnvironment } from '#lib/spec/load-environment';

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
  const catalog = loadCatalog({ prices: textOf(flags, 'prices') });
  const file = textOf(flags, 'environment');
  const resolution = resolvePrice({
    id,
    catalog,
    asOf: asOfDate(flags, surroundings),
    ...(file === undefined
      ? {}
      : { overrides: overridesOf(loadEnvironment(file, catalog).environment.finance) }),
  });
  if (flags['json']) return fine(json(resolution));
  return fine(
    renderText(priceResolutionScreen(resolution), { ...surroundings, wide: flags['wide'] === true }),
  );
};
