import * as z from 'zod';
import type { DocumentOrigin } from '#lib/cost/made-by';
import { described, text } from '#lib/report/documents/figure';

/** What made a document. */
export const originSchema = described(
  z.strictObject({
    version: text('Of this program'),
    catalog: text('Which prices, models and calibration were used, in words that are equal for equal ones'),
    specifications: described(
      z.record(z.string(), z.string()),
      'Digest of what the environment says of a scenario, an option and the money, by `scenario/option`',
    ),
  }),
  'What made the document: a later `landfall diff` says by it what a difference comes from',
).optional() satisfies z.ZodType<DocumentOrigin | undefined>;
