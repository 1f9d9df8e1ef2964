import { column, unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { count, counted, percent, quantity } from '#lib/report/format';
import type { TrainingDemand, TrainingMisfit, TrainingSizing } from '#lib/training/training';
import type { Band } from '#lib/units/band';
import { GB } from '#lib/units/bytes';

/** What `landfall sizing train` shows: what the run takes, the memory of a GPU, and what interruptions cost. */
export function trainingScreen(demand: TrainingDemand, sizing: TrainingSizing | TrainingMisfit): Screen {
  const heading = {
    kind: 'heading',
    level: 1,
    text: `${demand.kind} of ${demand.model.name} on ${demand.accelerator.name}`,
    details: [
      `${inWords(demand.tokens)} tokens in sequences of ${count(demand.sequenceTokens)}, ${count(demand.globalBatch)} to a step, ${demand.precision}`,
    ],
  } as const;
  if (!sizing.fits) return [heading, lines('Nothing fits', sizing.reasons)];
  return [
    heading,
    lines('Run', runLines(demand, sizing)),
    memoryTable(sizing),
    lines('Interruptions', reliabilityLines(sizing)),
    ...unlessEmpty({ kind: 'lines', heading: 'Notes', lines: sizing.notes }),
  ];
}

export function lines(heading: string, texts: readonly string[]): Section {
  return { kind: 'lines', heading, lines: texts };
}

function runLines(demand: TrainingDemand, sizing: TrainingSizing): readonly string[] {
  const { gpus, layout, zero, activations, batchCapGpus } = sizing;
  const split = `TP ${layout.tensor}, PP ${layout.pipeline}, CP ${layout.context}, EP ${layout.expert}`;
  const kept = activations === 'keep' ? 'activations kept' : 'activations computed again';
  return [
    `${counted(gpus, 'GPU')}: ${split}, ZeRO stage ${zero}, ${kept}; the batch lets at most ${count(batchCapGpus)} work at once`,
    `${wideBand(sizing.tokensPerSecond)} tokens/s, ${percent(sizing.mfu.base)} (${percent(sizing.mfu.low)} – ${percent(sizing.mfu.high)}) of the ${demand.precision} peak, ${sizing.confidence}`,
    `${sizing.flops.toExponential(2)} FLOPs: ${wideBand(sizing.hours)} hours, ${wideBand(sizing.gpuHours)} GPU hours, interruptions included`,
    `to be served: ${count(sizing.servedBytes / GB, 2)} GB`,
  ];
}

export function memoryTable({ memory, usableGib }: Pick<TrainingSizing, 'memory' | 'usableGib'>): Section {
  const parts: readonly (readonly [string, number])[] = [
    ['weights', memory.weightsGib],
    ['gradients', memory.gradientsGib],
    ['optimiser', memory.optimiserGib],
    ['gathered layers', memory.gatheredGib],
    ['activations', memory.activationsGib],
    ['logits', memory.logitsGib],
    ['CUDA, buffers, fragments', memory.overheadGib],
    ['needed', memory.neededGib],
    ['usable', usableGib],
  ];
  return {
    kind: 'table',
    columns: [column('memory of the fullest GPU'), column('GiB', 'right')],
    rows: parts.map(([part, gib]) => [part, count(gib, 2)]),
  };
}

export function reliabilityLines({
  reliability,
  gpus,
}: Pick<TrainingSizing, 'reliability' | 'gpus'>): readonly string[] {
  const { resumeBytes, writeSeconds, intervalSeconds, mtbfHours, failures, goodput } = reliability;
  return [
    `one every ${count(mtbfHours, 1)} hours of ${counted(gpus, 'GPU')}, ${quantity(failures ?? 0)} over the run`,
    `a checkpoint of ${count(resumeBytes / GB, 1)} GB every ${count(intervalSeconds / 60)} minutes, written in ${count(writeSeconds, 1)} s`,
    `goodput ${percent(goodput, 1)} of the hours`,
  ];
}

/** `97.7 (80 – 120)`. */
export function wideBand({ low, base, high }: Band): string {
  const figure = (value: number) => (value < 100 ? quantity(value) : count(value));
  return `${figure(base)} (${figure(low)} – ${figure(high)})`;
}

const SCALES = [
  [1e12, 'trillion'],
  [1e9, 'billion'],
  [1e6, 'million'],
] as const;

export function inWords(tokens: number): string {
  const scale = SCALES.find(([least]) => tokens >= least);
  return scale === undefined ? count(tokens) : `${quantity(tokens / scale[0])} ${scale[1]}`;
}
