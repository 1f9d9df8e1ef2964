import { fine, json, textOf, type Run } from '#bin/command';
import { facilityOfFile } from '#bin/facility-of';
import { rateOf } from '#bin/stated-currency';
import { makeBom } from '#lib/facility/make-bom';
import { bomCsv, bomScreen } from '#lib/report/screens/bom-screen';
import { screenIn } from '#lib/report/in-currency';
import { renderText } from '#lib/report/text';

export const run: Run = ([path = ''], flags, surroundings) => {
  const request = facilityOfFile(path, flags, surroundings);
  const bom = makeBom(request);
  const format = flags['json'] ? 'json' : (textOf(flags, 'format') ?? 'table');
  if (format === 'json') return fine(json(bom));
  if (format === 'csv') return fine(bomCsv(bom));
  const rate = rateOf(flags, request.catalog, request.finance);
  const screen = screenIn(bom, rate, (shown) => bomScreen(shown, path));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
