import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { TrainingJob } from '#lib/spec/schema/training-job';
import { sizeReinforcement, type ReinforcementSizing } from '#lib/training/reinforcement';
import { sizeTraining } from '#lib/training/run';
import type { TrainingMisfit, TrainingSizing } from '#lib/training/training';
import { usualRecipe } from '#lib/training/usual-recipe';

/** How many GPUs a run may take: so many, or the fewest that are done in time. */
export type GpusAsked = { readonly gpus: number } | { readonly withinHours: number };

/** Sizes one run of a training on GPUs of a kind. */
export type RunOn = (
  accelerator: Accelerator,
  asked: GpusAsked,
) => TrainingSizing | ReinforcementSizing | TrainingMisfit;

export function runOf(job: TrainingJob, catalog: Catalog): RunOn {
  const model = known(job.model, catalog);
  const { kind, teacher, millionTokens = 0, reinforcement } = job;
  if (kind !== 'grpo') {
    const work = {
      kind,
      model,
      ...(teacher === undefined ? {} : { teacher: known(teacher, catalog) }),
      tokens: millionTokens * 1e6,
      ...usualRecipe(kind),
    };
    return (accelerator, asked) => sizeTraining({ ...work, accelerator, ...asked });
  }
  if (reinforcement === undefined) throw new Error('a grpo without steps');
  const work = { model, precision: 'bf16', ...reinforcement } as const;
  return (accelerator, asked) => sizeReinforcement({ ...work, accelerator, ...asked }, catalog);
}

/** The reading of the environment has checked that the catalog has it. */
function known(id: string, catalog: Catalog): Model {
  const found = catalog.models.get(id);
  if (found === undefined) throw new Error(`no model ${id}`);
  return found;
}
