import type { SizingConstants } from '#lib/catalog/calibration';
import { featuresOf, type Features, type Workpiece } from '#lib/sizing/features';
import { stepRates, stepTime } from '#lib/sizing/step-time';
import { adapterBytes, adapterCopies } from '#lib/sizing/techniques/adapter-size';
import { tokensPerStep } from '#lib/sizing/techniques/speculation';
import type { Drafter, Offload, Techniques } from '#lib/sizing/techniques/techniques';
import { parametersOf } from '#lib/sizing/weights';

const MICROSECOND = 1e-6;
const GB = 1e9;

/** What the techniques make of a decode step and of a prompt's prefill, as factors on the plain ones. */
export interface StepEffect {
  /** On the time of one step per token that a sequence gains; below 1 where speculation pays. */
  readonly decode: number;
  readonly prefill: number;
  /** On the attention of a step that verifies drafted tokens. */
  readonly attention: number;
  /** Drafting, adapters and host as a share of the plain step. */
  readonly beside: number;
  /** One plain step by the roofline and what comes beside it, seconds of a stage, before the tokens gained share it. */
  readonly plainSeconds: number;
  readonly verifySeconds: number;
  readonly draftSeconds: number;
  readonly adapterSeconds: number;
  readonly hostSeconds: number;
  readonly tokensPerStep: number;
}

type AtBatch = (batch: number, acceptance?: number) => StepEffect;

/**
 * Effect of the techniques on one step with `batch` sequences in a stage. It is worked out on the roofline, which knows
 * what a step reads and computes, and then laid over the measured operators as a factor, but for the tokens that a step
 * verifies: these are measured operators of so many more sequences. No measured run has them.
 * `null` where a drafter's dimensions are not published.
 */
export function stepEffect(
  piece: Workpiece,
  features: Features,
  techniques: Techniques,
  constants: SizingConstants,
): AtBatch | null {
  const { engine } = piece;
  const { speculation } = techniques;
  const draft = draftSeconds(piece, features, speculation?.drafter ?? { kind: 'lookup' }, constants);
  const adapted = adapterSeconds(piece, features, techniques);
  if (draft === null || adapted === null) return null;
  const drafted = speculation?.draftTokens ?? 0;
  const verifying = widened(features, 1 + drafted);
  const rates = stepRates(features, engine, constants);
  const verifyingRates = stepRates(verifying, engine, constants);
  const offload = techniques.offload;
  return (batch, acceptance = speculation?.acceptance.base ?? 0) => {
    const plain = stepTime(features, batch, rates);
    const gained = speculation === undefined ? 1 : tokensPerStep(acceptance, drafted);
    const verifySeconds =
      drafted === 0 ? 0 : stepTime(verifying, batch, verifyingRates).decode - plain.decode;
    const read = features.sharedReadBytes + features.expertReadBytes(batch * (1 + drafted));
    const hostSeconds = offload === undefined ? 0 : (offload.weightsShare * read) / hostRate(piece, offload);
    const drafting = draft.step(batch);
    const besideSeconds = drafted * drafting + adapted(batch) + hostSeconds;
    return {
      decode: (plain.decode + verifySeconds + besideSeconds) / gained / plain.decode,
      attention: Math.max(plain.kv, plain.attention * (1 + drafted)) / Math.max(plain.kv, plain.attention),
      beside: besideSeconds / plain.decode,
      prefill: 1 + draft.prefillShare(batch, plain.prefill),
      plainSeconds: plain.decode,
      verifySeconds,
      draftSeconds: drafted * drafting,
      adapterSeconds: adapted(batch),
      hostSeconds,
      tokensPerStep: gained,
    };
  };
}

/** Bytes/s that one GPU reads from its host. */
function hostRate({ accelerator }: Workpiece, { reachedShare }: Offload): number {
  if (accelerator.hostGbPerSecond === undefined) throw new Error(`no host link of ${accelerator.id}`);
  return accelerator.hostGbPerSecond * GB * reachedShare;
}

/** A step that computes `tokens` positions of every sequence: weights and cache are read once, the rest grows. */
function widened(features: Features, tokens: number): Features {
  return {
    ...features,
    decodeFlops: features.decodeFlops * tokens,
    decodeAttentionFlops: features.decodeAttentionFlops * tokens,
    allReduceBytesPerToken: features.allReduceBytesPerToken * tokens,
    expertReadBytes: (batch) => features.expertReadBytes(batch * tokens),
  };
}

interface Draft {
  /** Seconds of one drafted token of every sequence. */
  step(batch: number): number;
  /** The drafter's own prefill as a share of the model's. */
  prefillShare(batch: number, prefillSeconds: number): number;
}

function draftSeconds(
  piece: Workpiece,
  features: Features,
  drafter: Drafter,
  constants: SizingConstants,
): Draft | null {
  if (drafter.kind === 'lookup') return { step: () => 0, prefillShare: () => 0 };
  const { shape } = piece;
  if (drafter.kind === 'layers') {
    const parameters = parametersOf(piece.model);
    if (parameters === null) return null;
    const share = drafter.layers / piece.model.layers;
    // The head over the vocabulary is read for every drafted token; half of the embeddings, in 16 bits.
    const head = parameters.embeddings / shape.tensor / features.compute.bandwidth;
    const rates = stepRates(features, piece.engine, constants);
    return {
      step: (batch) => share * stepTime(features, batch, rates).decode * features.stages + head,
      prefillShare: () => share,
    };
  }
  const { model, precision } = drafter;
  const tensor = model.heads % shape.tensor === 0 ? shape.tensor : 1;
  // The drafter stands on the GPUs of one stage and its attention is not split by data.
  const own = featuresOf({
    ...piece,
    model,
    precision,
    shape: { tensor, pipeline: 1, attentionData: 1 },
  });
  if (own === null) return null;
  const rates = stepRates(own, piece.engine, constants);
  const at = (batch: number) => stepTime(own, batch * features.stages, rates);
  return {
    step: (batch) => at(batch).decode,
    prefillShare: (batch, prefillSeconds) =>
      prefillSeconds === 0 ? 0 : at(batch).prefill / (prefillSeconds * features.stages),
  };
}

/** Reading the adapters of the sequences that run, and the launches of every adapted matrix. */
function adapterSeconds(
  { model, shape }: Workpiece,
  { compute, stages }: Features,
  { adapters }: Techniques,
): ((batch: number) => number) | null {
  if (adapters === undefined) return () => 0;
  const each = adapterBytes(model, adapters);
  if (each === null) return null;
  const perGpu = (each * adapterCopies(shape.tensor)) / shape.tensor / stages;
  const launches =
    (adapters.matrixMicroseconds * MICROSECOND * adapters.targets.length * model.layers) / stages;
  return (batch) => launches + (Math.min(batch, adapters.resident) * perGpu) / compute.bandwidth;
}
