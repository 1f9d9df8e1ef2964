import * as z from 'zod';
import type { Corrections } from '#lib/catalog/calibration';
import type { OwnValidation } from '#lib/calibration/own-calibration';
import { LandfallError } from '#lib/errors/landfall-error';
import { shown } from '#lib/spec/place';

/** Largest file of own constants, in bytes: 64 MiB. */
export const MAXIMUM_CONSTANTS_BYTES = 64 * 2 ** 20;

/** `landfall/sizing-constants/v1`: what `landfall sizing calibrate` writes and `--constants` reads. */
export interface ConstantsFile {
  readonly schema: 'landfall/sizing-constants/v1';
  readonly corrections: Corrections;
  readonly validation: OwnValidation;
}

/** Made when it is asked for: most commands read no such file. */
function fileSchema() {
  const finite = z.number();
  const positive = z.number().positive();
  const perQuantity = <Value extends z.ZodType>(value: Value) =>
    z.strictObject({ throughput: value, tpot: value, ttft: value });
  const runTraits = z.tuple([positive, positive, positive, positive, positive, finite, finite, finite]);

  const correctionsSchema = z.strictObject({
    version: z.string(),
    asOf: z.iso.date(),
    source: z.string(),
    similarity: z.strictObject({
      cell: positive,
      cellLengths: z.strictObject({
        input: positive,
        output: positive,
        sequences: positive,
        gpus: positive,
        expertParallel: positive,
      }),
      platform: positive,
      engine: positive,
      model: positive,
      sharedLengths: z.strictObject({ tokens: positive, sequences: positive, gpus: positive }),
    }),
    scale: perQuantity(z.number().nonnegative()),
    noise: perQuantity(positive),
    groups: z.array(
      z.strictObject({
        model: z.string(),
        gpu: z.string(),
        family: z.string(),
        engine: z.string(),
        precision: z.string(),
        isMoe: z.boolean(),
        isMaximum: z.boolean(),
        runs: z.array(runTraits),
      }),
    ),
    bands: perQuantity(
      z.array(z.strictObject({ unexplained: z.number().min(0).max(1), p10: positive, p90: positive })),
    ),
  }) satisfies z.ZodType<Corrections>;

  return z.object({
    schema: z.literal('landfall/sizing-constants/v1'),
    corrections: correctionsSchema,
  });
}

/**
 * The calibration of a file.
 *
 * @throws LandfallError where the text is no JSON or not what `landfall sizing calibrate` writes
 */
export function readConstants(text: string, path: string): Pick<ConstantsFile, 'corrections'> {
  const expected = 'what `landfall sizing calibrate` writes';
  const fix = `make it anew: landfall sizing calibrate <file> --output ${path}`;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LandfallError({ code: 'JSON_SYNTAX', at: `${path}:1:1`, got: 'no JSON', expected, fix });
  }
  const result = fileSchema().safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `: ${issue.path.join('.')}`;
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: `${path}${place}`,
    got: issue === undefined ? shown(value) : issue.message,
    expected,
    fix,
  });
}
