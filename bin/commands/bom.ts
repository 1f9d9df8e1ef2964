import { fine, json, textOf, type Run } from '#bin/command';
import { facilityOfFile } from '#bin/facility-of';
import { makeBom } from '#lib/facility/make-bom';
import { bomCsv, bomScreen } from '#lib/report/screens/bom-screen';
import { renderText } from '#lib/report/text';

export const run: Run = ([path = ''], flags, surroundings) => {
  const bom = makeBom(facilityOfFile(path, flags, surroundings));
  const format = flags['json'] ? 'json' : (textOf(flags, 'format') ?? 'table');
  if (format === 'json') return fine(json(bom));
  if (format === 'csv') return fine(bomCsv(bom));
  return fine(renderText(bomScreen(bom, path), { ...surroundings, wide: flags['wide'] === true }));
};
