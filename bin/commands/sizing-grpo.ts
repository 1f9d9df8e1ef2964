import { fine, json, textOf, type Flags, type Run } from '#bin/command';
import { choice, knownGpu, knownModel } from '#bin/flags/flag-values';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { given, numbersOf, refuseFlags } from '#bin/flags/training-flags';
import type { Catalog } from '#lib/catalog/catalog';
import { PRECISIONS } from '#lib/catalog/precision';
import { reinforcementScreen } from '#lib/report/screens/reinforcement-screen';
import { renderText } from '#lib/report/text';
import { LORA_TARGETS } from '#lib/sizing/lora-parameters';
import { OPTIMISERS } from '#lib/training/memory';
import { sizeReinforcement, type ReinforcementDemand } from '#lib/training/reinforcement';
import { TRAINING_PRECISIONS } from '#lib/training/setup';
import { USUAL_REINFORCEMENT } from '#lib/training/usual-recipe';

/** Of the other kinds: what a step holds follows from its prompts and answers. */
const NOT_READ = [
  'tokens',
  'batch',
  'micro-batch',
  'critical-batch',
  'teacher',
  'checkpoint',
  'mtbf',
] as const;

/** A reinforcement by groups of answers: what a step takes, the run, memory and interruptions. */
export const run: Run = (_, flags, surroundings) => {
  refuseFlags(flags, NOT_READ, 'prompts, answers and their tokens for grpo');
  const catalog = sizedCatalog(flags);
  const demand = demandOf(flags, catalog);
  const sizing = sizeReinforcement(demand, catalog);
  if (flags['json']) {
    const { model, accelerator, ...work } = demand;
    const names = { model: model.id, accelerator: accelerator.id };
    return fine(json({ schema: 'landfall/sizing-grpo/v1', ...names, work, ...sizing }));
  }
  return fine(
    renderText(reinforcementScreen(demand, sizing), { ...surroundings, wide: flags['wide'] === true }),
  );
};

function demandOf(flags: Flags, catalog: Catalog): ReinforcementDemand {
  const { whole, number } = numbersOf(flags);
  const rank = whole('rank');
  const writesIn = textOf(flags, 'writesIn');
  return {
    model: knownModel('--model', textOf(flags, 'model'), catalog.models),
    accelerator: knownGpu(textOf(flags, 'gpu'), catalog.accelerators),
    precision: choice('--precision', textOf(flags, 'precision') ?? 'bf16', TRAINING_PRECISIONS),
    optimiser: choice('--optimiser', textOf(flags, 'optimiser') ?? 'adam', OPTIMISERS),
    ...(writesIn === undefined ? {} : { writesIn: choice('--writes-in', writesIn, PRECISIONS) }),
    ...(rank === undefined ? {} : { adapter: { rank, targets: LORA_TARGETS } }),
    ...USUAL_REINFORCEMENT,
    ...given({
      steps: whole('steps'),
      promptsPerStep: whole('prompts'),
      answersPerPrompt: whole('answers'),
      promptTokens: whole('in'),
      answerTokens: whole('out'),
      longestTokens: whole('sequence'),
      updatesPerStep: whole('updates'),
      gpus: whole('gpus'),
      withinHours: number('within'),
    }),
  };
}
