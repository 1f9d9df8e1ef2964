import { fine, json, textOf, type Run } from '#bin/command';
import { knownOption } from '#bin/input/pick-option';
import { readEnvironment } from '#bin/input/read-input';
import { usedAssumptions } from '#lib/decision/used-assumptions';
import { assumptionsCsv, assumptionsScreen } from '#lib/report/screens/assumptions-screen';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';

export const run: Run = ([path = ''], flags, surroundings) => {
  const { environment, catalog, asOf } = readEnvironment(path, flags, surroundings);
  const option = textOf(flags, 'option');
  if (option !== undefined) knownOption(option, environment, path);
  const document = usedAssumptions({ environment, catalog, asOf, option });
  if (flags['json']) return fine(json(document));
  if (flags['csv']) return fine(assumptionsCsv(document));
  const screen = assumptionsScreen(document, path);
  return fine(
    flags['markdown']
      ? renderMarkdown(screen)
      : renderText(screen, { ...surroundings, wide: flags['wide'] === true }),
  );
};
