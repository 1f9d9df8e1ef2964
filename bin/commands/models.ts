import { fine, json, textOf, type Run } from '#bin/command';
import { choice } from '#bin/flags/flag-values';
import { pickScenario } from '#bin/input/pick-option';
import { asOfDate } from '#bin/input/read-input';
import { openedEnvironment } from '#bin/input/sized-catalog';
import { TASK_FAMILIES } from '#lib/catalog/task-families';
import { triangleOf } from '#lib/compare/triangle';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';
import { triangleScreen } from '#lib/report/screens/triangle-screen';

export const run: Run = ([path = ''], flags, surroundings) => {
  const { environment, catalog } = openedEnvironment(path, flags);
  const triangle = triangleOf({
    environment,
    scenario: pickScenario(environment, path, textOf(flags, 'scenario')),
    catalog,
    asOf: asOfDate(flags, surroundings),
    metric: metricOf(textOf(flags, 'metric')),
    everyFormat: flags['everyFormat'] === true,
  });
  if (flags['json']) return fine(json(triangle));
  const screen = triangleScreen(triangle, path);
  if (flags['markdown']) return fine(renderMarkdown(screen));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};

function metricOf(asked: string | undefined): string | undefined {
  const known: readonly string[] = TASK_FAMILIES.flatMap(({ metrics }) => metrics);
  return asked === undefined ? undefined : choice('--metric', asked, known);
}
