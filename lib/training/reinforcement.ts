import type { Accelerator } from '#lib/catalog/accelerators';
import type { Model } from '#lib/catalog/models';
import type { Precision } from '#lib/catalog/precision';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import type { SizingMethod } from '#lib/sizing/predictor';
import { addBands, exactly, mapBand, scaleBand, type Band } from '#lib/units/band';
import { GB } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';
import { fastestFit, gpuCounts, type FittedRun } from '#lib/training/fit';
import { attentionFlopsPerToken } from '#lib/training/flops';
import type { Optimiser } from '#lib/training/memory';
import { reinforcementSteps } from '#lib/training/reinforcement-derivation';
import { generationOf, type Generation } from '#lib/training/rollouts';
import { MTBF_GPU_HOURS, reliabilityOf, type Reliability } from '#lib/training/reliability';
import { memoryReason, openRun, TRAINING_DEFAULTS } from '#lib/training/run';
import type { TrainingPrecision } from '#lib/training/setup';
import type { Adapter, TrainingDemand, TrainingMisfit } from '#lib/training/training';
import { workOf, type TrainingWork } from '#lib/training/work';

/** A reinforcement by groups of answers (GRPO and its like) on GPUs that write and learn in turn. */
export interface ReinforcementDemand {
  readonly model: Model;
  readonly accelerator: Accelerator;
  /** Format of the update's multiplications. */
  readonly precision: TrainingPrecision;
  /** Format of the weights that write. @default - bf16 */
  readonly writesIn?: Precision;
  readonly optimiser?: Optimiser;
  /** @default - all weights are trained */
  readonly adapter?: Adapter;
  readonly steps: number;
  readonly promptsPerStep: number;
  /** Answers written to each prompt, compared with each other. */
  readonly answersPerPrompt: number;
  readonly promptTokens: number;
  /** Mean of an answer. */
  readonly answerTokens: number;
  /** Prompt and answer together, at most. */
  readonly longestTokens: number;
  /** Optimiser steps on the answers of one step. @default - 1 */
  readonly updatesPerStep?: number;
  /** A frozen model that the trained one must stay near; without it nothing else is held. @default - true */
  readonly hasReference?: boolean;
  readonly gpus?: number;
  readonly withinHours?: number;
  readonly mostGpus?: number;
}

/** Seconds of one step by what takes them. */
export interface StepSeconds {
  readonly generation: Band;
  /** The answers' probabilities under the model that wrote them and under the reference. */
  readonly scoring: Band;
  readonly update: Band;
  /** Trained weights handed to the engine that writes. */
  readonly refit: number;
  /** What published runs take beyond it: batches not packed, states moved to and fro, answers judged and carried. */
  readonly beyond: Band;
  readonly total: Band;
}

export interface ReinforcementSizing {
  readonly fits: true;
  readonly gpus: number;
  readonly run: FittedRun;
  readonly generation: Generation;
  readonly tokensPerStep: number;
  readonly stepSeconds: StepSeconds;
  readonly computeHours: Band;
  readonly hours: Band;
  readonly gpuHours: Band;
  readonly reliability: Reliability;
  readonly notes: readonly string[];
  readonly derivation: readonly Step[];
}

/** GB/s at which one GPU takes the trained weights over: gathered within the node and reordered for the engine. */
const REFIT_GB_PER_SECOND = 10;
/**
 * Published steps as multiples of what writing, scoring, learning and handing over take by themselves: 1.5 to 3.9 in the
 * five on-policy runs that NVIDIA publishes of NeMo RL 0.4 on H100, about 1 in DeepSeek-R1-Zero's (198 hours of 512 H800).
 */
const PUBLISHED_MULTIPLE: Band = { low: 1, base: 2, high: 4 };
/** Passes without a gradient over what was written: the writer's own, and the reference's. */
const OWN_PASSES = 1;

const NOTES: readonly string[] = [
  'Weights, gradients and states of the training wait in host memory while answers are written.',
  'What judges the answers is not counted: rules cost next to nothing, a model that judges is a serving of its own.',
  'Writing and learning take turns. Where answers may be a step old both can run at once, on GPUs of their own.',
];

/**
 * GPUs, seconds of a step and hours of a reinforcement, or the reasons why nothing holds it. Writing is timed by the model
 * of serving, answers of lognormal lengths until the longest is done; the update by the model of training.
 *
 * @throws LandfallError where a figure of the demand makes no sense
 */
export function sizeReinforcement(
  demand: ReinforcementDemand,
  method: SizingMethod,
): ReinforcementSizing | TrainingMisfit {
  check(demand);
  const training = trainingOf(demand);
  const work = workOf(training);
  if ('reasons' in work) return { fits: false, ...work };
  const held = { ...work, frozenParameters: isReferenceHeld(demand) ? work.shape.parameters : 0 };
  const open = openRun(training, held);
  const counts =
    demand.gpus === undefined ? gpuCounts(demand.mostGpus ?? TRAINING_DEFAULTS.mostGpus) : [demand.gpus];
  let fastest: ReinforcementSizing | null = null;
  for (const gpus of counts) {
    const run = fastestFit(open, gpus);
    if (run === null) continue;
    const generation = generationOf(rolloutsOf(demand), demand.model, demand.accelerator, gpus, method);
    if (generation === null) continue;
    const sizing = sizingOf(demand, held, run, generation);
    if (sizing.hours.base <= (demand.withinHours ?? Number.POSITIVE_INFINITY)) return sizing;
    if (fastest === null || sizing.hours.base < fastest.hours.base) fastest = sizing;
  }
  if (fastest === null) return { fits: false, reasons: [memoryReason(training, open, counts)] };
  const { gpus, hours } = fastest;
  return {
    fits: false,
    reasons: [
      `${hours.base.toFixed(1)} hours on ${gpus} × ${demand.accelerator.id} at best, ${demand.withinHours ?? '–'} hours asked: ${(fastest.generation.idleShare * 100).toFixed(0)} % of the writing waits for the longest answers`,
    ],
  };
}

function rolloutsOf(demand: ReinforcementDemand) {
  const { promptsPerStep, answersPerPrompt, promptTokens, answerTokens, longestTokens, writesIn } = demand;
  return {
    answers: promptsPerStep * answersPerPrompt,
    promptTokens,
    answerTokens,
    longestTokens,
    ...(writesIn === undefined ? {} : { precision: writesIn }),
  };
}

/** The update as a training: answers packed into sequences of the longest. */
function trainingOf(demand: ReinforcementDemand): TrainingDemand {
  const { model, accelerator, precision, optimiser, adapter, longestTokens, updatesPerStep = 1 } = demand;
  const tokens = tokensPerStep(demand);
  return {
    kind: adapter === undefined ? 'sft' : 'lora',
    model,
    accelerator,
    precision,
    ...(optimiser === undefined ? {} : { optimiser }),
    ...(adapter === undefined ? {} : { adapter }),
    tokens: tokens * demand.steps,
    sequenceTokens: longestTokens,
    globalBatch: Math.max(1, Math.floor(tokens / updatesPerStep / longestTokens)),
  };
}

function tokensPerStep({
  promptsPerStep,
  answersPerPrompt,
  promptTokens,
  answerTokens,
}: ReinforcementDemand): number {
  return promptsPerStep * answersPerPrompt * (promptTokens + answerTokens);
}

/** A base with its adapters switched off is its own reference. */
function isReferenceHeld({ hasReference = true, adapter }: ReinforcementDemand): boolean {
  return hasReference && adapter === undefined;
}

function sizingOf(
  demand: ReinforcementDemand,
  work: TrainingWork,
  run: FittedRun,
  generation: Generation,
): ReinforcementSizing {
  const tokens = tokensPerStep(demand);
  const { low, base, high } = scaleBand(run.speed.tokensPerSecondPerGpu, run.gpus);
  const update = { low: tokens / high, base: tokens / base, high: tokens / low };
  const forward =
    2 * work.shape.activeParameters + attentionFlopsPerToken(work.shape, demand.longestTokens) / 3;
  const passes = OWN_PASSES + (demand.hasReference === false ? 0 : 1);
  // Forward passes take the time of their FLOPs at the speed of the training.
  const scoring = scaleBand(update, (passes * forward) / work.trainFlopsPerToken);
  const refit = (2 * work.shape.parameters) / generation.gpusPerReplica / (REFIT_GB_PER_SECOND * GB);
  const ideal = addBands([generation.seconds, scoring, update, exactly(refit)]);
  const beyond = {
    low: ideal.low * (PUBLISHED_MULTIPLE.low - 1),
    base: ideal.base * (PUBLISHED_MULTIPLE.base - 1),
    high: ideal.high * (PUBLISHED_MULTIPLE.high - 1),
  };
  const total = addBands([ideal, beyond]);
  const computeHours = scaleBand(total, demand.steps / 3600);
  const reliability = reliabilityOf({
    gpus: run.gpus,
    computeHours: computeHours.base,
    trainedParameters: work.adapterParameters ?? work.shape.parameters,
    checkpointGbPerSecond: TRAINING_DEFAULTS.checkpointGbPerSecond,
    mtbfGpuHours: MTBF_GPU_HOURS,
    restartMinutes: TRAINING_DEFAULTS.restartMinutes,
  });
  const hours = mapBand(computeHours, (value) => value / reliability.goodput);
  const stepSeconds = { generation: generation.seconds, scoring, update, refit, beyond, total };
  return {
    fits: true,
    gpus: run.gpus,
    run,
    generation,
    tokensPerStep: tokens,
    stepSeconds,
    computeHours,
    hours,
    gpuHours: scaleBand(hours, run.gpus),
    reliability,
    notes: NOTES,
    derivation: reinforcementSteps(demand, { tokens, passes, forward, run, generation, stepSeconds, hours }),
  };
}

function check(demand: ReinforcementDemand): void {
  const problems: Problem[] = [];
  const wrong = (at: string, got: number, expected: string) =>
    problems.push({
      code: 'OUT_OF_RANGE',
      at: `training.${at}`,
      got: String(got),
      expected,
      fix: `set ${at} to ${expected}`,
    });
  for (const name of [
    'steps',
    'promptsPerStep',
    'answersPerPrompt',
    'promptTokens',
    'answerTokens',
    'longestTokens',
  ] as const) {
    const value = demand[name];
    if (!Number.isSafeInteger(value) || value <= 0) wrong(name, value, 'a whole number above 0');
  }
  const { promptTokens, answerTokens, longestTokens, updatesPerStep = 1 } = demand;
  if (longestTokens < promptTokens + answerTokens)
    wrong(
      'longestTokens',
      longestTokens,
      `at least the ${promptTokens + answerTokens} tokens of a mean prompt and answer`,
    );
  if (!Number.isSafeInteger(updatesPerStep) || updatesPerStep <= 0)
    wrong('updatesPerStep', updatesPerStep, 'a whole number above 0');
  const [first, ...others] = problems;
  if (first !== undefined) throw new LandfallError([first, ...others]);
}
