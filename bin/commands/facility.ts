import { fine, json, type Run } from '#bin/command';
import { facilityOfFile } from '#bin/input/facility-of';
import { facilityScreen } from '#lib/report/screens/facility-screen';
import { renderMarkdown } from '#lib/report/formats/markdown';
import { renderText } from '#lib/report/text';

export const run: Run = ([path = ''], flags, surroundings) => {
  const { facility } = facilityOfFile(path, flags, surroundings);
  if (flags['json']) return fine(json(facility));
  const screen = facilityScreen(facility, path);
  if (flags['markdown']) return fine(renderMarkdown(screen));
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};
