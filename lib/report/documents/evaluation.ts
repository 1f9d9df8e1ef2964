import * as z from 'zod';
import type { SizingEvaluation } from '#lib/evaluation/evaluation';
import { acceleratorChoice, acceleratorPrices } from '#lib/report/documents/accelerator-choice';
import { count, described, figure, flag, orNull, share, text } from '#lib/report/documents/figure';

const errors = z
  .strictObject({
    n: count('Pairs of prediction and measurement'),
    medianApe: orNull(figure('Median of |predicted ÷ measured − 1|; 0.12 is 12 %', 'fraction')),
    p90Ape: orNull(figure('Nine of ten errors are at most this', 'fraction')),
    within25: orNull(share('Share of pairs whose error is at most 0.25')),
    bias: orNull(figure('Median of predicted ÷ measured; above 1 the sizing promises too much', 'factor')),
  })
  .meta({ id: 'Errors', description: 'How far predictions lie from measurements' });

const quantities = {
  outputTokensPerSecondPerGpu: errors,
  tpotMs: errors,
  ttftMs: errors,
};

function groups(description: string) {
  return described(z.record(z.string(), z.strictObject(quantities)), description);
}

/** `landfall/sizing-evaluation/v1`. */
export const evaluationSchema = z.strictObject({
  schema: z.literal('landfall/sizing-evaluation/v1'),
  n: count('Runs that were predicted'),
  skipped: described(
    z.array(z.strictObject({ id: text('As in the file, or the place in its list'), reason: z.string() })),
    'Rows that nothing is said about',
  ),
  fasterThanMemory: described(
    z.array(
      z.strictObject({
        id: text('As in the file, or the place in its list'),
        impliedTpotMs: figure('Per further token, as measured or as rate and concurrency say', 'ms'),
        leastTpotMs: figure('In which memory gives the active weights once', 'ms'),
      }),
    ),
    'Runs that are impossible without speculation or narrower weights than they state; predicted and counted too',
  ),
  ...quantities,
  byModel: groups('By model id of the catalogue'),
  byGpu: groups('By accelerator id of the catalogue'),
  byPrecision: groups('By weight format'),
  byEngine: groups('By engine'),
  bySeen: described(
    z.strictObject({ seen: z.strictObject(quantities), unseen: z.strictObject(quantities) }),
    'Serving runs that the constants were fitted on, and the others: only those test the sizing',
  ),
  byQuantity: described(
    z.record(z.string(), errors),
    'Rows of other kinds than serving, by what they measured',
  ),
  acceleratorChoice: described(
    z.array(acceleratorChoice),
    'Which accelerator the predictions choose for each workload, under each limit on TPOT',
  ),
  acceleratorPrices: described(
    acceleratorPrices,
    'What choices by cost are judged with, of the accelerators whose runs measured TPOT',
  ),
  rows: described(
    z.array(
      z.strictObject({
        id: text('As in the file, or the place in its list'),
        quantity: text('What was measured, with its unit in the name'),
        measured: figure('As the file states it', 'of the quantity'),
        predicted: figure('What the sizing says', 'of the quantity'),
        low: figure('Lower end of the band that is shown with the prediction', 'of the quantity'),
        high: figure('Upper end of that band', 'of the quantity'),
        seen: orNull(
          flag('Whether the constants were fitted on this run; null for kinds other than serving'),
        ),
      }),
    ),
    'Serving runs first, then the other kinds, each in the order of the file',
  ),
}) satisfies z.ZodType<SizingEvaluation>;
