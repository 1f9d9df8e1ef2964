import type { QualityEvidence } from '#lib/catalog/quality';
import type { AnswerMode } from '#lib/catalog/models';
import type { TaskFamily } from '#lib/catalog/task-families';
import type { Confidence } from '#lib/sizing/sizing';
import type { Band } from '#lib/units/band';

/** A published score before any loss of a weight format. */
export interface FamilyScore {
  readonly family: TaskFamily;
  readonly metric: string;
  readonly score: number;
  readonly mode: AnswerMode | null;
  readonly source: string;
}

/** One model on one option that carries the scenario: what it costs, how good it is, how fast it answers. */
export interface TrianglePoint {
  readonly model: string;
  readonly option: string;
  readonly target: string;
  /** `null` where the provider chooses it. */
  readonly precision: string | null;
  readonly gpu: string | null;
  readonly gpus: number;
  /** One copy of the weights in this format, and output tokens per second of one accelerator at the objective. */
  readonly weightsGib: number | null;
  readonly tokensPerSecondPerGpu: Band | null;
  readonly monthlyUsd: Band;
  readonly usdPerMillionTokens: Band | null;
  /** True when a line has no price: then the money means "at least". */
  readonly atLeast: boolean;
  /** Score on the compared metric times what the weight format keeps of it; `null` where none is published. */
  readonly quality: { readonly score: Band; readonly mode: AnswerMode | null } | null;
  readonly ttftMs: Band | null;
  readonly tpotMs: Band | null;
  /** What one user sees: `1000 ÷ TPOT`; `null` where the provider publishes no latency. */
  readonly tokensPerSecondPerUser: number | null;
  readonly confidence: Confidence | null;
  readonly scores: readonly FamilyScore[];
  /** False where another point is no worse in cost, quality and speed, and better in one. */
  readonly pareto: boolean;
  readonly notes: readonly string[];
}

/** `landfall/triangle/v1`: the impossible triangle of one scenario. */
export interface Triangle {
  readonly schema: 'landfall/triangle/v1';
  readonly environment: string;
  readonly scenario: string;
  readonly asOf: string;
  /** Score that the models are compared by; `null` where no model of the pool has any. */
  readonly metric: string | null;
  readonly mode: AnswerMode | null;
  readonly points: readonly TrianglePoint[];
  /** What others measured of the pool's models made smaller. */
  readonly evidence: readonly (Pick<
    QualityEvidence,
    'kind' | 'variant' | 'metric' | 'before' | 'after' | 'recovery' | 'source'
  > & { readonly model: string; readonly finding: string | null })[];
  readonly excluded: readonly {
    readonly model: string;
    readonly option: string;
    readonly reasons: readonly string[];
  }[];
}
