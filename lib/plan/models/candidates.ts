import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import type { Scenario } from '#lib/spec/schema/scenario';
import { BITS_OF, nativePrecision } from '#lib/plan/models/native-precision';
import { plannedQuality, recoveryOf } from '#lib/plan/models/planned-quality';
import { meetsFloor, scoreOn } from '#lib/plan/models/quality-metric';

/** Without a quality floor a smaller format must keep this share of the score: what publishers call lossless. */
const LOSSLESS_RECOVERY = 0.99;

export interface Candidates<T> {
  readonly accepted: readonly T[];
  readonly reasons: readonly string[];
}

export interface CandidateModels extends Candidates<Model> {
  /** Of the named ones those that a floor keeps out because nobody publishes their score. */
  readonly unscored: readonly string[];
}

/** Models that may serve: the pool, or every model above the floor; narrowed by the option's pin. */
export function candidateModels(
  scenario: Scenario,
  pinned: string | undefined,
  catalog: Catalog,
): CandidateModels {
  const reasons: string[] = [];
  const unscored: string[] = [];
  const { quality, models: pool } = scenario;
  if (pinned !== undefined && pool !== undefined && !pool.includes(pinned)) {
    return {
      accepted: [],
      unscored,
      reasons: [`${pinned} is not in the scenario's model pool (${pool.join(', ')})`],
    };
  }
  const ids = pinned !== undefined ? [pinned] : (pool ?? [...catalog.models.keys()]);
  const accepted = ids.flatMap((id): Model[] => {
    const model = catalog.models.get(id);
    if (model === undefined) {
      reasons.push(`${id} is not in the catalog`);
      return [];
    }
    if (model.kind !== 'llm') {
      if (pool !== undefined || pinned !== undefined) reasons.push(`${id} is not a language model`);
      return [];
    }
    if (quality === undefined) return [model];
    const score = scoreOn(quality.metric, model, scenario);
    if (score !== undefined && meetsFloor(score.score, quality.floor)) return [model];
    if (pool === undefined && pinned === undefined) return [];
    // A floor asks for evidence: who names a model has not said that it is good enough.
    if (score === undefined) {
      unscored.push(id);
      reasons.push(withoutScore([id], scenario));
    } else {
      reasons.push(`${id} scores ${score.score} on ${quality.metric}, below the floor of ${quality.floor}`);
    }
    return [];
  });
  if (accepted.length === 0 && reasons.length === 0 && quality !== undefined) {
    reasons.push(`no model of the catalog has a published ${quality.metric} of ${quality.floor} or more`);
  }
  return { accepted, reasons, unscored };
}

/** Why a floor keeps out models of which no score is published. */
export function withoutScore(ids: readonly string[], { quality, mode }: Scenario): string {
  const named = ids.length === 1 ? `${ids[0] ?? ''} has` : `${ids.join(', ')} have`;
  const published = `no published ${quality?.metric ?? 'score'}${mode === undefined ? '' : ` in mode ${mode}`}`;
  return `${named} ${published} and so ${ids.length === 1 ? 'does' : 'do'} not meet the floor of ${quality?.floor ?? 0}: state your own under quality.scores, or leave the floor out`;
}

/** Formats in which a model may be served by this engine at the scenario's quality, widest first. */
export function candidatePrecisions(
  model: Model,
  scenario: Scenario,
  pinned: Precision | undefined,
  served: readonly Precision[],
  catalog: Catalog,
): Candidates<Precision> {
  const native = nativePrecision(model);
  if (pinned !== undefined && !served.includes(pinned)) {
    return { accepted: [], reasons: [`the engine does not serve ${pinned}`] };
  }
  const reasons: string[] = [];
  const formats = pinned === undefined ? served : [pinned];
  const accepted = formats.filter((precision) => {
    if (pinned === undefined && BITS_OF[precision] > BITS_OF[native]) return false;
    // A model published in four bits exists in no other format of that size.
    if (pinned === undefined && BITS_OF[native] === 4 && precision !== native) return false;
    const recovery = recoveryOf(model, precision, catalog);
    if (recovery === null) return pinned !== undefined;
    const floor = scenario.quality?.floor;
    if (floor === undefined) return pinned !== undefined || recovery >= LOSSLESS_RECOVERY;
    const after = plannedQuality(scenario, model, precision, catalog);
    if (after === null || meetsFloor(after.score, floor)) return true;
    reasons.push(
      `${model.id} in ${precision} keeps ${after.score.toFixed(3)} on ${after.metric}, below the floor of ${floor}`,
    );
    return false;
  });
  return { accepted: accepted.toSorted((a, b) => BITS_OF[b] - BITS_OF[a]), reasons };
}

/** Why what is deployed cannot serve a format on an accelerator; `null` where it can. */
export function unsupported(
  accelerator: Accelerator,
  precision: Precision,
  native: Precision,
): string | null {
  return imageMisfit(accelerator) ?? formatMisfit(accelerator, precision, native);
}

/** The engines' images are built for CUDA; Neuron and ROCm need others. */
export function imageMisfit({ id, family }: Accelerator): string | null {
  return family === 'neuron' || family === 'cdna' ? `${id} needs another image of the engine` : null;
}

/** Why an accelerator does not compute in a format, whatever the engine; `null` where it does. */
export function formatMisfit(
  accelerator: Accelerator,
  precision: Precision,
  native: Precision,
): string | null {
  const { denseTflops: dense, family } = accelerator;
  const none = `${accelerator.id} has no ${precision}`;
  if (precision === 'bf16') return family === 'volta' || family === 'turing' ? none : null;
  if (precision === 'fp8') return dense.fp8 === null ? none : null;
  if (precision === 'int8') return dense.int8 === null ? none : null;
  // MXFP4 checkpoints run on Hopper by unpacking the weights; other four-bit floats need the tensor cores.
  if (precision === 'fp4')
    return dense.fp4 === null && !(native === 'fp4' && dense.fp8 !== null) ? none : null;
  return null;
}
