import * as z from 'zod';
import { field } from '#lib/spec/schema/field';

/** Ratings count by the thousand; what a metric counts in is checked against the catalog. */
const HIGHEST = 10_000;
const SCALES =
  'on the scale of its metric: a share (gpqa), points (aa-intelligence-index) or a rating (lmarena-text)';

/** A floor under a published score: of one scenario, or of all of them together. */
export function qualityFloor(lowest: string) {
  return z.strictObject({
    metric: field(z.string().min(1), {
      description: 'Score that the floor is set on',
      unit: 'id',
      example: 'gpqa',
    }),
    floor: field(z.number().gte(0).lte(HIGHEST), {
      description: `${lowest}, ${SCALES}`,
      unit: 'score',
      example: 0.4,
    }),
  });
}

/** Scores of your own on the floor's metric, by model: they count before published ones. */
export const ownScores = field(z.record(z.string(), z.number().gte(0).lte(HIGHEST)).optional(), {
  description:
    'Scores on that metric that you measured, by model: they stand in for published ones, or where none is',
  unit: 'score',
  example: { 'my-model': 0.52 },
});

export const QUALITY_EXAMPLE = { metric: 'gpqa', floor: 0.4 } as const;
