import * as z from 'zod';
import { ERROR_CODES, type ErrorCode } from '#lib/errors/codes';
import type { Problem } from '#lib/errors/landfall-error';
import { count, described, flag, text } from '#lib/report/documents/figure';

const CODES = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];

const problem = z.strictObject({
  code: described(z.enum(CODES), 'What kind of problem; stable'),
  at: text('`file:line:column`, or a path in the environment'),
  got: text('What was found there; absent where something is missing').optional(),
  expected: text('What belongs there'),
  fix: text('The most likely remedy'),
  frame: described(
    z.strictObject({
      line: count('From 1'),
      text: text('The line as it stands in the file'),
      column: count('From 1'),
      length: count('Characters that are meant'),
    }),
    'The line of the file',
  ).optional(),
}) satisfies z.ZodType<Problem>;

/** `landfall/check/v1`. */
export const checkSchema = z.strictObject({
  schema: z.literal('landfall/check/v1'),
  path: text('As it was named'),
  valid: flag('Nothing is wrong'),
  problems: z.array(problem),
});
