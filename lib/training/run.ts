import { checkpointBytes } from '#lib/training/checkpoints';
import { mapBand, scaleBand, type Band } from '#lib/units/band';
import { checkDemand } from '#lib/training/check-demand';
import { derive } from '#lib/training/derivation';
import { fastestFit, gpuCounts, leanestFit, type FittedRun, type OpenRun } from '#lib/training/fit';
import { MTBF_GPU_HOURS, reliabilityOf, type Reliability } from '#lib/training/reliability';
import { peakFlops } from '#lib/training/setup';
import { trainingConstants } from '#lib/training/speed-constants';
import type { TrainingDemand, TrainingMisfit, TrainingSizing } from '#lib/training/training';
import { workOf, type TrainingWork } from '#lib/training/work';

/** Where nobody says otherwise. */
export const TRAINING_DEFAULTS = {
  mostGpus: 16_384,
  memoryShare: 0.95,
  checkpointGbPerSecond: 10,
  restartMinutes: 15,
  software: 'megatron-bridge',
} as const;

interface Timed {
  readonly run: FittedRun;
  readonly tokensPerSecond: Band;
  readonly computeHours: Band;
  readonly reliability: Reliability;
}

/**
 * GPUs, layout, hours and GPU hours of a training run, or the reasons why nothing holds it or is fast enough. The
 * speed comes from measured runs (`trainingSpeed`); memory and reliability from published formulas.
 *
 * @throws LandfallError where a figure of the demand makes no sense
 */
export function sizeTraining(demand: TrainingDemand): TrainingSizing | TrainingMisfit {
  checkDemand(demand);
  const work = workOf(demand);
  if ('reasons' in work) return { fits: false, ...work };
  if (peakFlops(demand.accelerator, demand.precision) === null) {
    return { fits: false, reasons: [`${demand.accelerator.name} has no unit for ${demand.precision}`] };
  }
  const open = openRun(demand, work);
  const counts =
    demand.gpus === undefined ? gpuCounts(demand.mostGpus ?? TRAINING_DEFAULTS.mostGpus) : [demand.gpus];
  let fastest: Timed | null = null;
  for (const gpus of counts) {
    const run = fastestFit(open, gpus);
    if (run === null) continue;
    const timed = timedRun(demand, work, run);
    if (meets(timed, demand.withinHours)) return sizingOf(demand, work, timed);
    if (fastest === null || hoursOf(timed) < hoursOf(fastest)) fastest = timed;
  }
  return {
    fits: false,
    reasons: [fastest === null ? memoryReason(demand, open, counts) : timeReason(demand, fastest)],
  };
}

/** The run of a demand, its layout left open. */
export function openRun(demand: TrainingDemand, work: TrainingWork): OpenRun {
  const { accelerator, precision, sequenceTokens, globalBatch, optimiser } = demand;
  const { shape, part, method, adapterParameters, frozenParameters } = work;
  return {
    setup: {
      shape,
      accelerator,
      precision,
      part,
      sequenceTokens,
      microBatch: passOf(demand),
      software: demand.software ?? TRAINING_DEFAULTS.software,
      softwareMonth: demand.softwareMonth ?? trainingConstants().method.newestMonth,
    },
    globalBatch,
    memory: { method, optimiser: optimiser ?? 'adam', adapterParameters, frozenParameters, offloads: false },
    memoryShare: demand.memoryShare ?? TRAINING_DEFAULTS.memoryShare,
  };
}

/** Sequences of a pass. A preference is learnt of both answers at once. */
function passOf({ kind, microBatch = 1 }: Pick<TrainingDemand, 'kind' | 'microBatch'>): number {
  return kind === 'preference' ? Math.max(2, microBatch) : microBatch;
}

function timedRun(demand: TrainingDemand, work: TrainingWork, run: FittedRun): Timed {
  // Another model's forward pass takes the time of its FLOPs at the speed of the training.
  const shareOfTraining = work.trainFlopsPerToken / (work.trainFlopsPerToken + work.forwardFlopsPerToken);
  const tokensPerSecond = scaleBand(run.speed.tokensPerSecondPerGpu, run.gpus * shareOfTraining);
  const hours = (rate: number) => work.tokens / rate / 3600;
  const { low, base, high } = tokensPerSecond;
  return {
    run,
    tokensPerSecond,
    computeHours: { low: hours(high), base: hours(base), high: hours(low) },
    reliability: reliabilityOf({
      gpus: run.gpus,
      computeHours: hours(base),
      trainedParameters: work.adapterParameters ?? work.shape.parameters,
      checkpointGbPerSecond: demand.checkpointGbPerSecond ?? TRAINING_DEFAULTS.checkpointGbPerSecond,
      mtbfGpuHours: demand.mtbfGpuHours ?? MTBF_GPU_HOURS,
      restartMinutes: demand.restartMinutes ?? TRAINING_DEFAULTS.restartMinutes,
    }),
  };
}

/** A run that interruptions never let advance does not count as done. */
function hoursOf({ reliability }: Timed): number {
  return reliability.hours ?? Number.POSITIVE_INFINITY;
}

function meets(timed: Timed, withinHours: number | undefined): boolean {
  return timed.reliability.hours !== null && hoursOf(timed) <= (withinHours ?? Number.POSITIVE_INFINITY);
}

function sizingOf(demand: TrainingDemand, work: TrainingWork, timed: Timed): TrainingSizing {
  const { run, tokensPerSecond, computeHours, reliability } = timed;
  const hours = mapBand(computeHours, (value) => value / reliability.goodput);
  const { tensor, pipeline, context } = run.layout;
  return {
    fits: true,
    gpus: run.gpus,
    layout: run.layout,
    zero: run.zero,
    activations: run.activations,
    memory: run.memory,
    usableGib: run.usableGib,
    flops: work.tokens * (work.trainFlopsPerToken + work.forwardFlopsPerToken),
    tokens: work.tokens,
    tokensPerSecond,
    mfu: run.speed.mfu,
    computeHours,
    hours,
    gpuHours: scaleBand(hours, run.gpus),
    batchCapGpus: Math.floor(demand.globalBatch / passOf(demand)) * tensor * pipeline * context,
    reliability,
    servedBytes: checkpointBytes(work.adapterParameters ?? work.shape.parameters, 'serve'),
    confidence: run.speed.confidence,
    notes: notesOf(demand, work),
    derivation: derive(demand, work, timed),
  };
}

function notesOf(demand: TrainingDemand, { method, forwardFlopsPerToken }: TrainingWork): readonly string[] {
  const notes: string[] = [];
  if (method === 'qlora')
    notes.push('Writing out 4-bit weights takes time of its own, which no row measures.');
  if (forwardFlopsPerToken > 0) {
    notes.push('The other model is taken to run forward at the speed of the training; no row measures it.');
  }
  if (demand.criticalBatch === undefined) {
    notes.push('Tokens are taken as given: a larger batch may need more of them.');
  }
  return notes;
}

/** What the leanest layout needs, against what there is. */
export function memoryReason(demand: TrainingDemand, open: OpenRun, counts: readonly number[]): string {
  const most = counts.at(-1) ?? 1;
  const leanest = counts
    .toReversed()
    .map((gpus) => leanestFit(open, gpus))
    .find((run) => run !== null);
  if (leanest === undefined || leanest === null) {
    return `no layout of ${most} × ${demand.accelerator.id} leaves each copy a sequence of a batch of ${demand.globalBatch}`;
  }
  const { gpus, memory, usableGib } = leanest;
  return `${memory.neededGib.toFixed(1)} GiB needed on each of ${gpus} × ${demand.accelerator.id} for ${demand.model.name}, ${usableGib.toFixed(1)} GiB usable`;
}

function timeReason(demand: TrainingDemand, fastest: Timed): string {
  const { run, reliability } = fastest;
  if (reliability.hours === null) {
    return `interruptions every ${reliability.mtbfHours.toFixed(2)} hours leave ${run.gpus} × ${demand.accelerator.id} no time to compute`;
  }
  return `${reliability.hours.toFixed(1)} hours on ${run.gpus} × ${demand.accelerator.id} at best with a batch of ${demand.globalBatch}, ${demand.withinHours ?? '–'} hours asked`;
}
