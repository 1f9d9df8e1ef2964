import type { Model } from '#lib/catalog/models';

/** What the user says of a run because the result file does not, or to correct it. Goes before the file. */
export interface Given {
  /** Id of the catalog; otherwise the file's name of the model, by its repository where the catalog knows it. */
  readonly model?: string;
  readonly gpu?: string;
  /** GPUs of the replica that was measured. */
  readonly gpus?: number;
  readonly engine?: string;
  readonly engineVersion?: string;
  readonly precision?: string;
  readonly kvPrecision?: string;
  readonly tensor?: number;
  readonly pipeline?: number;
  readonly attentionData?: number;
  readonly expertParallel?: number;
  readonly inputTokens?: number;
  readonly outputTokens?: number;
  readonly concurrency?: number;
  /** Ids of the catalog's models by their repository, in lower case. */
  readonly repositories?: ReadonlyMap<string, string>;
}

/** The flag that passes each value, with an example of it. */
export const FLAGS = {
  model: { flag: '--model', example: 'llama-3.1-8b', what: 'the model that was measured' },
  gpu: { flag: '--gpu', example: 'h100-sxm', what: 'the GPU that it ran on' },
  gpus: { flag: '--gpus', example: '8', what: 'the number of GPUs of the replica' },
  engine: { flag: '--engine', example: 'vllm', what: 'the engine that served it' },
  precision: { flag: '--precision', example: 'fp8', what: 'the number format of its weights' },
  tensor: { flag: '--tp', example: '8', what: 'the tensor parallelism, as it ran on several GPUs' },
  inputTokens: { flag: '--in', example: '1024', what: 'the mean input tokens of a request' },
  outputTokens: { flag: '--out', example: '512', what: 'the mean output tokens of a request' },
  concurrency: { flag: '--concurrency', example: '64', what: 'the requests that ran at a time' },
} as const;

/** For {@link Given.repositories}. Where two models name one repository, the first stands. */
export function repositoriesOf(models: Iterable<Model>): ReadonlyMap<string, string> {
  const ids = new Map<string, string>();
  for (const { id, repository } of models) {
    const name = repository?.toLowerCase();
    if (name !== undefined && !ids.has(name)) ids.set(name, id);
  }
  return ids;
}
