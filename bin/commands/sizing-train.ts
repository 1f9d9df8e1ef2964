import { fine, json, textOf, type Flags, type Run } from '#bin/command';
import { choice, decimal, known } from '#bin/flag-values';
import { sizedCatalog } from '#bin/sized-catalog';
import { wholeNumber } from '#bin/whole-number';
import type { Catalog } from '#lib/catalog/catalog';
import { trainingScreen } from '#lib/report/training-screen';
import { renderText } from '#lib/report/text';
import { LORA_TARGETS } from '#lib/sizing/training';
import { OPTIMISERS } from '#lib/training/memory';
import { sizeTraining } from '#lib/training/run';
import { TRAINING_PRECISIONS } from '#lib/training/setup';
import { TRAINING_KINDS, type TrainingDemand } from '#lib/training/training';
import { usualRecipe } from '#lib/training/usual-recipe';

/** Ten thousand examples of a thousand tokens, three times over. */
const USUAL = { kind: 'lora', tokens: 30e6 } as const;

/** A training run by itself: GPUs, layout, memory, hours, and what interruptions cost. */
export const run: Run = (_, flags, surroundings) => {
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
  const whole = (name: string) => wholeNumber(`--${name}`, textOf(flags, fieldOf(name)));
  const number = (name: string) => decimal(`--${name}`, textOf(flags, fieldOf(name)));
  const teacher = textOf(flags, 'teacher');
  const rank = whole('rank');
  const optional = {
    gpus: whole('gpus'),
    withinHours: number('within'),
    microBatch: whole('micro-batch'),
    criticalBatch: number('critical-batch'),
    checkpointGbPerSecond: number('checkpoint'),
    mtbfGpuHours: number('mtbf'),
  };
  const kind = choice('--kind', textOf(flags, 'kind') ?? USUAL.kind, TRAINING_KINDS);
  const usual = usualRecipe(kind);
  return {
    kind,
    model: known('--model', textOf(flags, 'model'), catalog.models),
    accelerator: known('--gpu', textOf(flags, 'gpu'), catalog.accelerators),
    precision: choice('--precision', textOf(flags, 'precision') ?? usual.precision, TRAINING_PRECISIONS),
    optimiser: choice('--optimiser', textOf(flags, 'optimiser') ?? 'adam', OPTIMISERS),
    tokens: number('tokens') ?? USUAL.tokens,
    sequenceTokens: whole('sequence') ?? usual.sequenceTokens,
    globalBatch: whole('batch') ?? usual.globalBatch,
    ...(teacher === undefined ? {} : { teacher: known('--teacher', teacher, catalog.models) }),
    ...(rank === undefined ? {} : { adapter: { rank, targets: LORA_TARGETS } }),
    ...Object.fromEntries(Object.entries(optional).filter(([, value]) => value !== undefined)),
  };
}

/** `microBatch` of `micro-batch`: as parsed flags are called. */
function fieldOf(flag: string): string {
  return flag.replaceAll(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
