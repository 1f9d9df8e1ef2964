import { loadCatalog } from '#lib/catalog/load';
import { loadOf } from '#lib/sizing/candidate';
import { predictorFor, type OperatingPoint } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { Adapters, Speculation, Techniques } from '#lib/sizing/techniques/techniques';
import { LORA_TARGETS } from '#lib/sizing/lora-parameters';
import { demandFor } from '../demand';

const catalog = loadCatalog();

export const RUNS = { numRuns: 40 };
export const MODELS = ['llama-3.1-8b', 'llama-3.1-70b', 'qwen3-32b', 'deepseek-v3'];
export const LAYOUT = { tensor: 8, pipeline: 1, attentionData: 1 };
/** Few enough GPUs for memory, not the engine, to bound a 70B model. */
export const NARROW = { ...LAYOUT, tensor: 2 };

export function withTechniques(
  model: string,
  techniques: Techniques,
  changes: Partial<ServingDemand> = {},
): ServingDemand {
  return demandFor(model, 'h200-sxm', { ttftMs: null, tpotMs: null, ...changes, techniques });
}

/** One layout at one concurrency, whatever the objectives. */
export function pointOf(demand: ServingDemand, concurrency: number, shape = LAYOUT): OperatingPoint {
  const predictor = predictorFor(
    {
      ...demand,
      engine: demand.calibration,
      shape,
      inputTokens: demand.inputTokens.mean,
      outputTokens: demand.outputTokens.mean,
      isMaximum: false,
    },
    catalog,
  );
  if (predictor === null) throw new Error('no dimensions');
  return predictor.at(concurrency);
}

export function sequencesThatFit(demand: ServingDemand, layout = LAYOUT): number {
  return loadOf(demand, layout)?.maxConcurrency ?? Number.NaN;
}

export function lookup(acceptance: number, draftTokens = 3): Speculation {
  return {
    drafter: { kind: 'lookup' },
    draftTokens,
    acceptance: { low: acceptance, base: acceptance, high: acceptance },
  };
}

export function drafted(model: string, acceptance: number): Speculation {
  const found = catalog.models.get(model);
  if (found === undefined) throw new Error(`no ${model}`);
  return { ...lookup(acceptance), drafter: { kind: 'model', model: found, precision: 'bf16' } };
}

export function adapters(changes: Partial<Adapters> = {}): Adapters {
  return { resident: 8, rank: 16, targets: LORA_TARGETS, matrixMicroseconds: 3.3, ...changes };
}
