import { EXIT, fine, json, type Run } from '#bin/command';
import { asOfDate } from '#bin/flags/as-of-date';
import { statedPrices } from '#bin/input/stated-prices';
import { loadCatalog } from '#lib/catalog/load';
import { priceAgesOf } from '#lib/catalog/price-ages';
import { priceAgesScreen } from '#lib/report/screens/price-screens';
import { renderText } from '#lib/report/text';

export const run: Run = (_operands, flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const ages = priceAgesOf(loadCatalog({ prices: statedPrices(flags) }).prices(), asOf);
  const outcome = flags['json']
    ? fine(json(ages))
    : fine(renderText(priceAgesScreen(ages), { ...surroundings, wide: flags['wide'] === true }));
  const stale = ages.classes.filter((each) => each.stale > 0);
  if (flags['strict'] !== true || stale.length === 0) return outcome;
  const named = stale.map((each) => `${each.stale} of ${each.label}`).join(', ');
  return { ...outcome, stderr: `--strict: prices too old to trust: ${named}\n`, exitCode: EXIT.guardrail };
};
