import * as z from 'zod';
import type { Corrections, KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { Catalog } from '#lib/catalog/catalog';
import type { OwnValidation } from '#lib/calibration/own-calibration';
import { LandfallError } from '#lib/errors/landfall-error';

/** Largest file of own constants, in bytes: 64 MiB. */
export const MAXIMUM_CONSTANTS_BYTES = 64 * 2 ** 20;

/** `landfall/sizing-constants/v1`: what `landfall sizing calibrate` writes and `--constants` reads. */
export interface ConstantsFile {
  readonly schema: 'landfall/sizing-constants/v1';
  readonly corrections: Corrections;
  /** Both where every constant was refitted: the corrections then stand alone, without the catalog's beneath. */
  readonly constants?: SizingConstants;
  readonly kernelConstants?: KernelConstants;
  readonly validation: OwnValidation;
}

/** Made when it is asked for: most commands read no such file. */
export function constantsFileSchema() {
  const finite = z.number();
  const positive = z.number().positive();
  const perQuantity = <Value extends z.ZodType>(value: Value) =>
    z.strictObject({ throughput: value, tpot: value, ttft: value });
  const runTraits = z.tuple([positive, positive, positive, positive, positive, finite, finite, finite]);

  const lengths = z.strictObject({ tokens: positive, sequences: positive, gpus: positive });

  const bands = perQuantity(
    z.array(z.strictObject({ unexplained: z.number().min(0).max(1), p10: positive, p90: positive })),
  );
  const correctionsSchema = z.strictObject({
    version: z.string(),
    asOf: z.iso.date(),
    source: z.string(),
    similarity: z.strictObject({
      cell: positive,
      design: positive.optional(),
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
      sharedLengths: lengths,
      release: positive,
      designRelease: positive.optional(),
      version: positive.optional(),
      releaseLengths: lengths,
    }),
    scale: perQuantity(z.number().nonnegative()),
    noise: perQuantity(positive),
    groups: z.array(
      z.strictObject({
        architecture: z.string(),
        gpu: z.string(),
        family: z.string(),
        engine: z.string(),
        engineVersion: z.string(),
        precision: z.string(),
        isMoe: z.boolean(),
        isMaximum: z.boolean(),
        versionVariances: z.tuple([positive, positive, positive]).optional(),
        runs: z.array(runTraits),
      }),
    ),
    bands,
    versionlessBands: bands.optional(),
    unseenBands: z.strictObject({ operators: bands, roofline: bands }).optional(),
  }) satisfies z.ZodType<Corrections>;

  const origin = { version: z.string(), asOf: z.iso.date(), source: z.string() };
  const constantsSchema = z.object({ ...origin, values: z.record(z.string(), positive) });
  const engine = z.strictObject({
    perLayer: positive,
    perStep: positive,
    perSequence: positive,
    perMixedLayer: positive,
    startSeconds: positive,
    perPromptToken: positive,
  });
  const kernelConstantsSchema = z.strictObject({
    ...origin,
    engines: z.strictObject({ trtllm: engine, vllm: engine, sglang: engine }),
    perMoeLayer: positive,
    perSparseLayer: positive,
    perLinearLayer: positive,
    perExchange: positive,
    perMixedStep: positive,
    perPrompt: positive,
    pcieFactor: positive,
    perPipelinedSequence: positive,
    maximumFactor: positive,
    firstToken: z.strictObject({
      steps: positive,
      burst: positive,
      waves: positive,
      group: positive,
      memory: positive,
      queue: positive,
      held: positive,
    }),
    kernelWeight: z.number().min(0).max(1),
  }) satisfies z.ZodType<KernelConstants>;

  return z.object({
    schema: z.literal('landfall/sizing-constants/v1'),
    corrections: correctionsSchema,
    constants: constantsSchema.optional(),
    kernelConstants: kernelConstantsSchema.optional(),
  });
}

/**
 * The catalog with the calibration of a file: its corrections over the catalog's, or all of its constants instead.
 *
 * @throws LandfallError where the text is no JSON or not what `landfall sizing calibrate` writes
 */
export function withConstants(catalog: Catalog, text: string, path: string): Catalog {
  const { corrections, constants, kernelConstants } = readConstants(text, path);
  if (constants === undefined || kernelConstants === undefined) {
    const ownCalibration = { corrections, isAlone: false };
    return { ...catalog, ownCalibration, corrections: () => [...catalog.corrections(), corrections] };
  }
  const ownCalibration = { corrections, isAlone: true };
  return { ...catalog, ownCalibration, constants, kernelConstants, corrections: () => [corrections] };
}

function readConstants(text: string, path: string): z.infer<ReturnType<typeof constantsFileSchema>> {
  const expected = 'what `landfall sizing calibrate` writes';
  const fix = 'make one: landfall sizing calibrate runs.json --output constants.json';
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new LandfallError({ code: 'JSON_SYNTAX', at: `${path}:1:1`, got: 'no JSON', expected, fix });
  }
  const result = constantsFileSchema().safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const place = issue === undefined || issue.path.length === 0 ? '' : `: ${issue.path.join('.')}`;
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: `${path}${place}`,
    got: issue === undefined || issue.path[0] === 'schema' ? 'another file' : issue.message,
    expected,
    fix,
  });
}
