import { bytesToGib } from '#lib/units/bytes';
import type { Step, StepInput } from '#lib/units/derivation';
import type { Candidate } from '#lib/sizing/candidate';
import { OVERHEAD_GIB_PER_GPU } from '#lib/sizing/fit';
import type { ServingDemand } from '#lib/sizing/sizing';

interface Result {
  readonly replicasForLoad: number;
  readonly spares: number;
  readonly availability: number;
  readonly each: number;
  readonly constantsSource: string;
}

/** The arithmetic of a sizing, in the order in which it was done. */
export function derive(demand: ServingDemand, candidate: Candidate, result: Result): readonly Step[] {
  return [
    ...memorySteps(demand, candidate),
    ...speedSteps(demand, candidate, result.constantsSource),
    ...fleetSteps(demand, candidate, result),
  ];
}

function memorySteps(demand: ServingDemand, { load }: Candidate): Step[] {
  const { model } = demand;
  return [
    step(
      'weights',
      'Weights of one replica',
      'parameters × bytes per weight',
      bytesToGib(load.weightBytes),
      'GiB',
      [
        input('parameters', model.paramsTotalB ?? 0, '10^9', model.sources[0]),
        input('format', demand.precision, 'id'),
      ],
    ),
    step('kv-per-token', 'KV cache of one token', 'cached elements × bytes', load.kvBytesPerToken, 'bytes', [
      input(
        'cached elements',
        load.kvBytesPerToken / (demand.kvPrecision === 'fp8' ? 1 : 2),
        'elements',
        model.sources[0],
      ),
      input('format', demand.kvPrecision, 'id'),
    ]),
    step(
      'usable-memory',
      'Usable memory of one GPU',
      'reported memory × share',
      load.usableGibPerGpu,
      'GiB',
      [
        input(
          'reported memory',
          load.usableGibPerGpu / demand.memoryShare,
          'GiB',
          demand.accelerator.sources[0],
        ),
        input('share', demand.memoryShare, 'share 0–1'),
      ],
    ),
    step(
      'free-memory',
      'Memory for the KV cache of one replica',
      'GPUs × (usable − overhead) − weights',
      load.freeGib,
      'GiB',
      [
        input('GPUs', load.gpus, 'GPUs'),
        input('usable', load.usableGibPerGpu, 'GiB'),
        input('overhead', OVERHEAD_GIB_PER_GPU, 'GiB'),
        input('weights', bytesToGib(load.weightBytes), 'GiB'),
      ],
    ),
    step(
      'max-concurrency',
      'Sequences that fit',
      'free memory ÷ (KV per token × tokens × copies)',
      load.maxConcurrency,
      'sequences',
      [
        input('free memory', load.freeGib, 'GiB'),
        input('KV per token', load.kvBytesPerToken, 'bytes'),
        input('tokens', load.residentTokens, 'tokens'),
        input('copies', load.replication, 'factor'),
      ],
    ),
  ];
}

function speedSteps(demand: ServingDemand, { point, features }: Candidate, source: string): Step[] {
  const ms = (seconds: number) => seconds * 1000;
  const times = point.step;
  return [
    step(
      'decode-step',
      'One decode step',
      'max(weights, multiply) + max(KV, attention) + communication + fixed',
      ms(times.decode),
      'ms',
      [
        input('weights', ms(times.weights), 'ms', source),
        input('multiply', ms(times.multiply), 'ms', source),
        input('KV', ms(times.kv), 'ms', source),
        input('attention', ms(times.attention), 'ms', source),
        input('communication', ms(times.communication), 'ms', source),
        input('fixed', ms(times.fixed), 'ms', source),
        input('sequences', point.concurrency, 'sequences'),
      ],
    ),
    step(
      'prefill',
      'Prefill of one prompt',
      '2 × active parameters × tokens ÷ rate + attention + communication',
      ms(times.prefill),
      'ms',
      [
        input('tokens', features.prefillTokens, 'tokens'),
        input('cached share', demand.cachedShare, 'share 0–1'),
      ],
    ),
    step('tpot', 'Time per output token', 'step + sequences × prefill ÷ output tokens', point.tpotMs, 'ms', [
      input('step', ms(times.decode) * features.stages, 'ms'),
      input('prefill', ms(times.prefill) * features.stages, 'ms'),
      input('output tokens', demand.outputTokens.mean, 'tokens'),
      input('objective', demand.tpotMs ?? 'none', 'ms'),
    ]),
    step(
      'ttft',
      'Time to first token',
      '16 ms + 10.2 × step + prefill × (1 + 0.034 × sequences^1.2)',
      point.ttftMs,
      'ms',
      [
        input('step', ms(times.decode) * features.stages, 'ms'),
        input('prefill', ms(times.prefill) * features.stages, 'ms'),
        input('sequences', point.concurrency / features.stages, 'sequences per stage'),
        input('objective', demand.ttftMs ?? 'none', 'ms'),
      ],
    ),
    step(
      'throughput',
      'Throughput of one replica',
      'sequences × output ÷ (sequences × prefill + output × step)',
      point.tokensPerSecond,
      'output tokens/s',
      [
        input('sequences', point.concurrency / features.stages, 'sequences per stage'),
        input('output', demand.outputTokens.mean, 'tokens'),
        input('prefill', ms(times.prefill), 'ms'),
        input('step', ms(times.decode), 'ms'),
      ],
    ),
  ];
}

function fleetSteps(demand: ServingDemand, { point }: Candidate, result: Result): Step[] {
  return [
    step(
      'replicas-for-load',
      'Replicas for the peak',
      'ceil(peak × output ÷ (throughput × fill))',
      result.replicasForLoad,
      'replicas',
      [
        input('peak', demand.peakRequestsPerSecond, 'requests/s'),
        input('output', demand.outputTokens.mean, 'tokens'),
        input('throughput', point.tokensPerSecond, 'output tokens/s'),
        input('fill', demand.fill, 'share 0–1'),
      ],
    ),
    step(
      'spares',
      'Spare replicas',
      'fewest with P(replicas for load are up) ≥ availability asked',
      result.spares,
      'replicas',
      [
        input('one replica up', result.each, 'share 0–1'),
        input('availability asked', demand.availability, 'share 0–1'),
        input('availability reached', result.availability, 'share 0–1'),
      ],
    ),
  ];
}

function step(
  id: string,
  label: string,
  formula: string,
  value: number,
  unit: string,
  inputs: readonly StepInput[],
): Step {
  return { id, label, formula, value, unit, inputs };
}

function input(name: string, value: number | string, unit: string, source?: string): StepInput {
  return source === undefined ? { name, value, unit } : { name, value, unit, source };
}
