import { fine, json, textOf, type Run } from '#bin/command';
import { pickOption, pickScenario } from '#bin/pick-option';
import { asOfDate } from '#bin/read-input';
import { sizedCatalog } from '#bin/sized-catalog';
import { LandfallError } from '#lib/errors/landfall-error';
import { estimateCsv, estimateScreen } from '#lib/report/estimate-screen';
import { renderMarkdown } from '#lib/report/markdown';
import { renderText } from '#lib/report/text';
import { loadEnvironment } from '#lib/spec/load-environment';

export const run: Run = ([path = ''], flags, surroundings) => {
  const asOf = asOfDate(flags, surroundings);
  const catalog = sizedCatalog(flags);
  const { environment } = loadEnvironment(path, catalog);
  const scenario = pickScenario(environment, path, textOf(flags, 'scenario'));
  const option = textOf(flags, 'option') ?? environment.deploy[scenario];
  if (option === undefined) {
    throw new LandfallError({
      code: 'UNKNOWN_OPTION',
      at: '--option',
      expected: `an option of ${path}`,
      fix: `choose one of ${Object.keys(environment.options).join(', ')}`,
    });
  }
  const { estimate } = pickOption({ environment, path, catalog, asOf, scenario, option });
  if (flags['json']) return fine(json(estimate));
  if (flags['csv']) return fine(estimateCsv(estimate));
  const screen = estimateScreen(estimate, path);
  if (flags['markdown']) return fine(renderMarkdown(screen));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
