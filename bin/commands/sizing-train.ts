import { fine, json, textOf, type Flags, type Run } from '#bin/command';
import { run as runReinforcement } from '#bin/commands/sizing-grpo';
import { choice, knownGpu, knownModel } from '#bin/flags/flag-values';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { given, numbersOf, refuseFlags } from '#bin/flags/training-flags';
import type { Catalog } from '#lib/catalog/catalog';
import { trainingScreen } from '#lib/report/screens/training-screen';
import { renderText } from '#lib/report/text';
import { LORA_TARGETS } from '#lib/sizing/lora-parameters';
import { OPTIMISERS } from '#lib/training/memory';
import { sizeTraining } from '#lib/training/run';
import { TRAINING_PRECISIONS } from '#lib/training/setup';
import { TRAINING_KINDS, type TrainingDemand, type TrainingKind } from '#lib/training/training';
import { usualRecipe } from '#lib/training/usual-recipe';

/** Ten thousand examples of a thousand tokens, three times over. */
const USUAL = { kind: 'lora', tokens: 30e6 } as const;
/** A kind that writes before it learns. */
const REINFORCEMENT = 'grpo';
const OF_REINFORCEMENT = ['steps', 'prompts', 'answers', 'in', 'out', 'updates', 'writes-in'] as const;

/** A training run by itself: GPUs, layout, memory, hours, and what interruptions cost. */
export const run: Run = (operands, flags, surroundings) => {
  if (textOf(flags, 'kind') === REINFORCEMENT) return runReinforcement(operands, flags, surroundings);
  refuseFlags(flags, OF_REINFORCEMENT, `--kind ${REINFORCEMENT}, which writes answers`);
  const demand = demandOf(flags, sizedCatalog(flags));
  const sizing = sizeTraining(demand);
  if (flags['json']) {
    const { model, teacher, accelerator, ...work } = demand;
    const names = { model: model.id, accelerator: accelerator.id, teacher: teacher?.id };
    return fine(json({ schema: 'landfall/sizing-train/v1', ...names, work, ...sizing }));
  }
  const screen = trainingScreen(demand, sizing);
  return fine(renderText(screen, { ...surroundings, wide: flags['wide'] === true }));
};

function demandOf(flags: Flags, catalog: Catalog): TrainingDemand {
  const { whole, number } = numbersOf(flags);
  const teacher = textOf(flags, 'teacher');
  const rank = whole('rank');
  const kind = kindOf(textOf(flags, 'kind') ?? USUAL.kind);
  const usual = usualRecipe(kind);
  return {
    kind,
    model: knownModel('--model', textOf(flags, 'model'), catalog.models),
    accelerator: knownGpu(textOf(flags, 'gpu'), catalog.accelerators),
    precision: choice('--precision', textOf(flags, 'precision') ?? usual.precision, TRAINING_PRECISIONS),
    optimiser: choice('--optimiser', textOf(flags, 'optimiser') ?? 'adam', OPTIMISERS),
    tokens: number('tokens') ?? USUAL.tokens,
    sequenceTokens: whole('sequence') ?? usual.sequenceTokens,
    globalBatch: whole('batch') ?? usual.globalBatch,
    ...(teacher === undefined ? {} : { teacher: knownModel('--teacher', teacher, catalog.models) }),
    ...(rank === undefined ? {} : { adapter: { rank, targets: LORA_TARGETS } }),
    ...given({
      gpus: whole('gpus'),
      withinHours: number('within'),
      microBatch: whole('micro-batch'),
      criticalBatch: number('critical-batch'),
      checkpointGbPerSecond: number('checkpoint'),
      mtbfGpuHours: number('mtbf'),
    }),
  };
}

function kindOf(text: string): TrainingKind {
  const kinds: readonly (TrainingKind | typeof REINFORCEMENT)[] = [...TRAINING_KINDS, REINFORCEMENT];
  const kind = choice('--kind', text, kinds);
  if (kind === REINFORCEMENT) throw new Error('grpo is sized by a command of its own');
  return kind;
}
