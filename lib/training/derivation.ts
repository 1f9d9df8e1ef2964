import { input, step } from '#lib/sizing/derivation-step';
import type { FittedRun } from '#lib/training/fit';
import type { Reliability } from '#lib/training/reliability';
import { trainingConstants } from '#lib/training/speed-constants';
import type { TrainingDemand } from '#lib/training/training';
import type { TrainingWork } from '#lib/training/work';
import type { Band } from '#lib/units/band';
import type { Step } from '#lib/units/derivation';

interface Result {
  readonly run: FittedRun;
  readonly tokensPerSecond: Band;
  readonly computeHours: Band;
  readonly reliability: Reliability;
}

/** The arithmetic of a training's sizing, in the order in which it was done. */
export function derive(demand: TrainingDemand, work: TrainingWork, result: Result): readonly Step[] {
  return [
    ...flopsSteps(demand, work),
    ...memorySteps(demand, result.run),
    ...speedSteps(work, result),
    ...reliabilitySteps(result),
  ];
}

function flopsSteps(demand: TrainingDemand, work: TrainingWork): Step[] {
  const { shape, part, tokens, trainFlopsPerToken, forwardFlopsPerToken } = work;
  return [
    step(
      'flops-per-token',
      'FLOPs of a token',
      `${part === 'full' ? 6 : 4} × active parameters + 6 × attending layers × sequence × width + another model forward`,
      trainFlopsPerToken + forwardFlopsPerToken,
      'FLOP',
      [
        input('active parameters', shape.activeParameters, 'parameters', demand.model.sources[0]),
        input('attending layers', shape.fullLayers, 'layers', demand.model.sources[0]),
        input('sequence', demand.sequenceTokens, 'tokens'),
        input('width', shape.attentionWidth, 'elements', demand.model.sources[0]),
        input('another model forward', forwardFlopsPerToken, 'FLOP'),
      ],
    ),
    step(
      'flops',
      'FLOPs of the run',
      'FLOPs of a token × tokens × (1 + batch ÷ critical batch)',
      tokens * (trainFlopsPerToken + forwardFlopsPerToken),
      'FLOP',
      [
        input('tokens', demand.tokens, 'tokens'),
        input('batch', demand.globalBatch, 'sequences'),
        input('critical batch', demand.criticalBatch ?? 'not given', 'sequences'),
      ],
    ),
  ];
}

function memorySteps(
  demand: TrainingDemand,
  { memory, usableGib, layout, zero, gpus, activations }: FittedRun,
): Step[] {
  return [
    step(
      'memory',
      'Memory of the fullest GPU',
      'weights + gradients + optimiser + gathered + activations + logits + overhead',
      memory.neededGib,
      'GiB',
      [
        input('weights', memory.weightsGib, 'GiB'),
        input('gradients', memory.gradientsGib, 'GiB'),
        input('optimiser', memory.optimiserGib, 'GiB'),
        input('gathered', memory.gatheredGib, 'GiB'),
        input('activations', memory.activationsGib, 'GiB'),
        input('logits', memory.logitsGib, 'GiB'),
        input('overhead', memory.overheadGib, 'GiB'),
      ],
    ),
    step(
      'gpus',
      'GPUs',
      'fewest that hold the run and meet the hours, in their fastest layout',
      gpus,
      'GPUs',
      [
        input('usable memory', usableGib, 'GiB', demand.accelerator.sources[0]),
        input('tensor', layout.tensor, 'GPUs'),
        input('pipeline', layout.pipeline, 'stages'),
        input('context', layout.context, 'GPUs'),
        input('experts', layout.expert, 'GPUs'),
        input('ZeRO stage', zero, 'stage'),
        input('activations', activations, 'mode'),
      ],
    ),
  ];
}

function speedSteps(work: TrainingWork, { run, tokensPerSecond, computeHours }: Result): Step[] {
  const { time, effect, tokensPerSecondPerGpu, peakFlops, flopsPerToken, mfu } = run.speed;
  const source = trainingConstants().method.version;
  return [
    step(
      'gpu-tokens',
      'Tokens per second of one GPU',
      '1 ÷ (((weights + attention + memory + launches + communication) × bubble + step) × runs of this kind)',
      tokensPerSecondPerGpu.base,
      'tokens/s',
      [
        ...Object.entries(time).map(([name, value]) =>
          input(name, value, name === 'bubble' ? 'factor' : 'GPU seconds per token', source),
        ),
        input('runs of this kind', effect, 'factor', source),
      ],
    ),
    step('mfu', 'Share of the peak', 'tokens/s × FLOPs of a token ÷ peak', mfu.base, 'share 0–1', [
      input('tokens/s', tokensPerSecondPerGpu.base, 'tokens/s'),
      input('FLOPs of a token', flopsPerToken, 'FLOP'),
      input('peak', peakFlops, 'FLOP/s'),
    ]),
    step(
      'compute-hours',
      'Hours of computing',
      'tokens ÷ (tokens/s of all GPUs × 3600)',
      computeHours.base,
      'h',
      [
        input('tokens', work.tokens, 'tokens'),
        input('tokens/s of all GPUs', tokensPerSecond.base, 'tokens/s'),
      ],
    ),
  ];
}

function reliabilitySteps({ run, computeHours, reliability }: Result): Step[] {
  return [
    step(
      'checkpoint-interval',
      'Time between checkpoints',
      '√(2 × write time × time between interruptions)',
      reliability.intervalSeconds,
      's',
      [
        input('write time', reliability.writeSeconds, 's'),
        input('time between interruptions', reliability.mtbfHours * 3600, 's'),
      ],
    ),
    step('hours', 'Hours with interruptions', 'hours of computing ÷ goodput', reliability.hours ?? 0, 'h', [
      input('hours of computing', computeHours.base, 'h'),
      input('goodput', reliability.goodput, 'share 0–1'),
      input('interruptions', reliability.failures ?? 0, 'interruptions'),
    ]),
    step('gpu-hours', 'GPU hours', 'hours × GPUs', (reliability.hours ?? 0) * run.gpus, 'GPU h', [
      input('hours', reliability.hours ?? 0, 'h'),
      input('GPUs', run.gpus, 'GPUs'),
    ]),
  ];
}
