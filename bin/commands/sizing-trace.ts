import { createReadStream, statSync } from 'node:fs';
import { fine, json, type Run } from '#bin/command';
import { LandfallError } from '#lib/errors/landfall-error';
import { traceScreen } from '#lib/report/screens/trace-screen';
import { renderText } from '#lib/report/text';
import { readTrace } from '#lib/trace/read-trace';

export const run: Run = async ([file = ''], flags, surroundings) => {
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) {
    throw new LandfallError({
      code: 'FILE_UNREADABLE',
      at: `${file}:1:1`,
      got: 'no readable file',
      expected: 'a request trace: CSV with time, input tokens and output tokens',
      fix: 'check the path and its permissions',
    });
  }
  // Chunk by chunk: a month of requests does not fit in memory.
  const summary = await readTrace(createReadStream(file, 'utf8'), file);
  if (flags['json']) return fine(json({ schema: 'landfall/trace-summary/v1', ...summary }));
  return fine(renderText(traceScreen(summary, file), { ...surroundings, wide: flags['wide'] === true }));
};
