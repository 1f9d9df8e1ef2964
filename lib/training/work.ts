import { loraParameters, LORA_TARGETS } from '#lib/sizing/lora-parameters';
import { DEFAULT_RANK } from '#lib/training/named-tuning';
import { attentionFlopsPerToken, modelFlopsPerToken, type TrainedPart } from '#lib/training/flops';
import type { TuningMethod } from '#lib/training/memory';
import { shapeOf, type TrainingShape } from '#lib/training/shape';
import type { Adapter, TrainingDemand } from '#lib/training/training';

const DEFAULT_ADAPTER: Adapter = { rank: DEFAULT_RANK, targets: LORA_TARGETS };

/** What a demand asks the GPUs to compute and to hold. */
export interface TrainingWork {
  readonly shape: TrainingShape;
  readonly method: TuningMethod;
  readonly part: TrainedPart;
  /** `null` where all weights are trained. */
  readonly adapterParameters: number | null;
  /** Parameters of another model that runs forward and is held besides. */
  readonly frozenParameters: number;
  readonly trainFlopsPerToken: number;
  /** Of the other model's forward pass; 0 without one. */
  readonly forwardFlopsPerToken: number;
  readonly tokens: number;
}

/** The work of a demand; reasons where a model's dimensions are not published. */
export function workOf(demand: TrainingDemand): TrainingWork | { readonly reasons: readonly string[] } {
  const shape = shapeOf(demand.model);
  if (shape === null) return { reasons: [`the dimensions of ${demand.model.name} are not published`] };
  const { kind, adapter, sequenceTokens, tokens, globalBatch, criticalBatch } = demand;
  const isAdapterKind = kind === 'lora' || kind === 'qlora';
  const chosen = adapter ?? (isAdapterKind ? DEFAULT_ADAPTER : null);
  const adapterParameters =
    chosen === null ? null : loraParameters(demand.model, chosen.rank, chosen.targets);
  if (chosen !== null && adapterParameters === null) {
    return {
      reasons: [`adapters of ${demand.model.name} cannot be counted: its projections are not published`],
    };
  }
  const other = otherModel(demand, shape);
  if (other === null) return { reasons: ['the dimensions of the teacher are not published'] };
  const part = chosen === null ? 'full' : 'adapters';
  // A base with its adapters switched off is its own reference.
  const isOwnReference = kind === 'preference' && chosen !== null;
  return {
    shape,
    method: kind === 'qlora' ? 'qlora' : chosen === null ? 'full' : 'lora',
    part,
    adapterParameters,
    frozenParameters: isOwnReference ? 0 : other.parameters,
    trainFlopsPerToken: modelFlopsPerToken(shape, part, sequenceTokens),
    forwardFlopsPerToken: other.flopsPerToken,
    tokens: tokens * (criticalBatch === undefined ? 1 : 1 + globalBatch / criticalBatch),
  };
}

interface OtherModel {
  readonly parameters: number;
  readonly flopsPerToken: number;
}

/** The teacher of a distillation, or the reference of a preference training: the model itself, untrained. */
function otherModel(
  { kind, teacher, sequenceTokens }: TrainingDemand,
  own: TrainingShape,
): OtherModel | null {
  if (kind !== 'distillation' && kind !== 'preference') return { parameters: 0, flopsPerToken: 0 };
  const shape = kind === 'preference' ? own : teacher === undefined ? null : shapeOf(teacher);
  if (shape === null) return null;
  const forward = 2 * shape.activeParameters + attentionFlopsPerToken(shape, sequenceTokens) / 3;
  return { parameters: shape.parameters, flopsPerToken: forward };
}
