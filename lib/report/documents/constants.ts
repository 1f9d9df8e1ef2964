import * as z from 'zod';
import { constantsFileSchema } from '#lib/calibration/constants-file';
import type { ErrorLine, LeftOutErrors } from '#lib/calibration/error-table';
import type { OwnValidation } from '#lib/calibration/own-calibration';
import { count, described, figure, orNull, share, text } from '#lib/report/documents/figure';

const errors = z
  .strictObject({
    runs: count('Runs that were predicted by a fit that did not see their sweep'),
    median: figure('Median of |predicted ÷ measured − 1|; 0.12 is 12 %', 'fraction'),
    p90: figure('Nine of ten errors are at most this', 'fraction'),
    within25: share('Of runs whose error is at most 0.25'),
    inBand: share('Of runs inside their 80 % band'),
  })
  .meta({
    id: 'LeftOutErrors',
    description: 'Errors on runs that were left out',
  }) satisfies z.ZodType<LeftOutErrors>;

const line = z.strictObject({
  name: text('What was left out'),
  throughput: orNull(errors),
  tpot: orNull(errors),
  ttft: orNull(errors),
}) satisfies z.ZodType<ErrorLine>;

const validation = z.strictObject({
  runs: count('Runs that the calibration comes from'),
  sweeps: count('Sweeps among them'),
  before: described(line, 'Without the calibration'),
  after: described(line, 'With it'),
}) satisfies z.ZodType<OwnValidation>;

/** `landfall/sizing-constants/v1`. */
export const constantsSchema = z.strictObject({
  ...constantsFileSchema().shape,
  validation: described(validation, 'What the own measurements bought'),
});
