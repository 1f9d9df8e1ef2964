import { column, type Screen } from '#lib/report/document-model';
import { count, counted, percent } from '#lib/report/format';
import { inWords, lines, memoryTable, reliabilityLines, wideBand } from '#lib/report/screens/training-screen';
import type { ReinforcementDemand, ReinforcementSizing } from '#lib/training/reinforcement';
import type { TrainingMisfit } from '#lib/training/training';
import { exactly } from '#lib/units/band';

/** What `landfall sizing train --kind grpo` shows: a step by what takes its time, the run, memory and interruptions. */
export function reinforcementScreen(
  demand: ReinforcementDemand,
  sizing: ReinforcementSizing | TrainingMisfit,
): Screen {
  const heading = {
    kind: 'heading',
    level: 1,
    text: `grpo of ${demand.model.name} on ${demand.accelerator.name}`,
    details: [
      `${count(demand.steps)} steps of ${count(demand.promptsPerStep)} prompts × ${count(demand.answersPerPrompt)} answers, ${count(demand.promptTokens)} + ${count(demand.answerTokens)} tokens of at most ${count(demand.longestTokens)}, ${demand.precision}`,
    ],
  } as const;
  if (!sizing.fits) return [heading, lines('Nothing fits', sizing.reasons)];
  const { run, generation, stepSeconds, gpus } = sizing;
  const { layout, zero } = run;
  const parts = [
    ['writing', stepSeconds.generation],
    ['scoring', stepSeconds.scoring],
    ['learning', stepSeconds.update],
    ['handing weights over', exactly(stepSeconds.refit)],
    ['beyond, as published runs', stepSeconds.beyond],
    ['one step', stepSeconds.total],
  ] as const;
  return [
    heading,
    lines('Run', [
      `${counted(gpus, 'GPU')}: learning TP ${layout.tensor}, PP ${layout.pipeline}, CP ${layout.context}, EP ${layout.expert}, ZeRO stage ${zero}; writing ${counted(generation.replicas, 'replica')} of ${counted(generation.gpusPerReplica, 'GPU')}, ${count(generation.concurrency)} answers at once each`,
      `${percent(generation.idleShare)} of the writing waits for the longest answers`,
      `${inWords(sizing.tokensPerStep * demand.steps)} tokens: ${wideBand(sizing.hours)} hours, ${wideBand(sizing.gpuHours)} GPU hours, interruptions included`,
    ]),
    {
      kind: 'table',
      columns: [column('a step'), column('seconds', 'right'), column('of it', 'right')],
      rows: parts.map(([part, seconds]) => [
        part,
        wideBand(seconds),
        percent(seconds.base / stepSeconds.total.base),
      ]),
    },
    memoryTable(run),
    lines('Interruptions', reliabilityLines(sizing)),
    lines('Notes', sizing.notes),
  ];
}
