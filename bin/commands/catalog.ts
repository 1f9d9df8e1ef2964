import { fine, json, textOf, type Run } from '#bin/command';
import { asOfDate } from '#bin/flags/as-of-date';
import { wholeNumber } from '#bin/flags/whole-number';
import { statedPrices } from '#bin/input/stated-prices';
import { loadCatalog } from '#lib/catalog/load';
import { CATALOG_TABLES, searchCatalog } from '#lib/catalog/query';
import { catalogCsv, catalogScreen } from '#lib/report/screens/catalog-screen';
import { renderText } from '#lib/report/text';

/** Records that a terminal gets where nothing else is asked for; documents get all. */
const SHOWN = 40;

export const run: Run = (words, flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const catalog = loadCatalog({ prices: statedPrices(flags) });
  const text = words.join(' ');
  const isDocument = flags['json'] === true || flags['csv'] === true;
  const kind = CATALOG_TABLES.find((table) => table === textOf(flags, 'kind'));
  const olderThanDays = wholeNumber('--older-than', textOf(flags, 'olderThan'));
  const limit = wholeNumber('--limit', textOf(flags, 'limit')) ?? (isDocument ? undefined : SHOWN);
  const matches = searchCatalog(catalog, {
    asOf,
    text,
    ...(kind === undefined ? {} : { kind }),
    ...(olderThanDays === undefined ? {} : { olderThanDays }),
    ...(limit === undefined ? {} : { limit }),
  });
  if (flags['json']) {
    return fine(json({ schema: 'landfall/catalog/v1', snapshot: catalog.snapshot, asOf, ...matches }));
  }
  if (flags['csv']) return fine(catalogCsv(matches));
  const screen = catalogScreen(matches, { snapshot: catalog.snapshot, asOf });
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
