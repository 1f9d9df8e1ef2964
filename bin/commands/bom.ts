import { fine, json, textOf, type Run } from '#bin/command';
import { facilityOfFile } from '#bin/input/facility-of';
import { withAmounts } from '#bin/input/stated-currency';
import { makeBom } from '#lib/facility/make-bom';
import { bomCsv, bomScreen } from '#lib/report/screens/bom-screen';
import { screenIn } from '#lib/report/in-currency';
import { bomAmounts, type BomDocument } from '#lib/report/usd-amounts';
import { renderText } from '#lib/report/text';

export const run: Run = ([path = ''], flags, surroundings) => {
  const request = facilityOfFile(path, flags, surroundings);
  const made: BomDocument = makeBom(request);
  const bom = withAmounts(made, bomAmounts, flags, request.catalog, request.finance);
  const format = flags['json'] ? 'json' : (textOf(flags, 'format') ?? 'table');
  if (format === 'json') return fine(json(bom));
  if (format === 'csv') return fine(bomCsv(bom));
  const screen = screenIn(bom, bom.inCurrency, (shown) => bomScreen(shown, path));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
