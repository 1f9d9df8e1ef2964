import type { ReinforcementDemand } from '#lib/training/reinforcement';
import type { TrainingDemand, TrainingKind } from '#lib/training/training';

type Recipe = Pick<TrainingDemand, 'precision' | 'sequenceTokens' | 'globalBatch'>;

/** How a run is made where nobody says: an optimiser step has tens of sequences in recipes of tuning, thousands before. */
export function usualRecipe(kind: TrainingKind): Recipe {
  return {
    precision: 'bf16',
    sequenceTokens: 4_096,
    globalBatch: kind === 'pre-training' ? 2_048 : 64,
  };
}

/** A first reinforcement on questions whose answers can be checked. */
export const USUAL_REINFORCEMENT = {
  steps: 500,
  promptsPerStep: 64,
  answersPerPrompt: 16,
  promptTokens: 256,
  answerTokens: 2_000,
  longestTokens: 8_192,
} as const satisfies Partial<ReinforcementDemand>;
