import { bytesToGib } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';
import type { Candidate } from '#lib/sizing/candidate';
import { input, step } from '#lib/sizing/derivation-step';
import type { SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import { speedSteps } from '#lib/sizing/speed-derivation';
import { effectSteps, heldSteps } from '#lib/sizing/techniques/derivation';

interface Result {
  readonly replicasForLoad: number;
  readonly spares: number;
  readonly availability: number;
  readonly each: number;
  readonly method: SizingMethod;
}

/** The arithmetic of a sizing, in the order in which it was done. */
export function derive(demand: ServingDemand, candidate: Candidate, result: Result): readonly Step[] {
  return [
    ...memorySteps(demand, candidate),
    ...effectSteps(demand, candidate.point),
    ...speedSteps(demand, candidate, result.method),
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
      bytesToGib(load.modelBytes),
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
    ...heldSteps(demand, load),
    step(
      'free-memory',
      'Memory for the KV cache of one replica',
      load.poolBytes === 0
        ? 'GPUs × (usable − overhead) − weights'
        : 'GPUs × (usable − overhead) − weights − pool of prefixes',
      load.freeGib,
      'GiB',
      [
        input('GPUs', load.gpus, 'GPUs'),
        input('usable', load.usableGibPerGpu, 'GiB'),
        input('overhead', load.overheadGib, 'GiB'),
        input('weights', bytesToGib(load.heldBytes), 'GiB'),
        ...(load.poolBytes === 0 ? [] : [input('pool of prefixes', bytesToGib(load.poolBytes), 'GiB')]),
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
        input('KV per token', load.tokenBytes / load.replication, 'bytes'),
        input('tokens', load.residentTokens, 'tokens'),
        input('copies', load.replication, 'factor'),
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
