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
