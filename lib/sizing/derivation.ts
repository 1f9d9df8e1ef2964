import type { Band } from '#lib/units/band';
import { bytesToGib } from '#lib/units/bytes';
import type { Step } from '#lib/units/derivation';
import type { Candidate } from '#lib/sizing/candidate';
import { input, step } from '#lib/sizing/derivation-step';
import { overheadDoubtGib, overheadGib } from '#lib/sizing/engine-memory';
import type { Fleet } from '#lib/sizing/fleet';
import { latencySteps } from '#lib/sizing/latency-derivation';
import type { LatencyAtRate } from '#lib/sizing/latency-under-load';
import type { SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';
import { speedSteps } from '#lib/sizing/speed-derivation';
import { effectSteps, heldSteps } from '#lib/sizing/techniques/derivation';

interface Result {
  /** At the peak; `null` where no queue was asked. */
  readonly latency: LatencyAtRate | null;
  readonly availability: number;
  readonly method: SizingMethod;
}

/** The arithmetic of a sizing, in the order in which it was done. */
export function derive(demand: ServingDemand, fleet: Fleet, result: Result): readonly Step[] {
  const { candidate, server } = fleet;
  const { latency } = result;
  return [
    ...memorySteps(demand, candidate),
    ...effectSteps(demand, candidate.point),
    ...speedSteps(demand, candidate, result.method),
    ...(server === null || latency === null ? [] : latencySteps(demand, server, latency)),
    ...fleetSteps(demand, fleet, result),
  ];
}

/** By what the share of the engine covers. */
const FREE_MEMORY: Readonly<Record<ServingDemand['calibration'], string>> = {
  vllm: 'GPUs × (usable − overhead) − weights',
  sglang: 'GPUs × min(usable, memory − overhead) − weights',
  trtllm: 'share × (GPUs × (memory − overhead) − weights)',
};

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
        ...(load.doubtfulBytes === 0
          ? []
          : [input('at least', bytesToGib(load.modelBytes - load.doubtfulBytes), 'GiB')]),
      ],
    ),
    tokenStep(demand, load),
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
      'overhead',
      'Memory of one GPU for all but weights and cache',
      load.overhead.workspaceGib.base === 0
        ? 'context and graphs + exchange + activations of a step'
        : 'context and graphs + exchange + activations of a step + workspace of experts',
      overheadGib(load.overhead),
      'GiB',
      [
        input('context and graphs', load.overhead.fixedGib, 'GiB'),
        input('exchange', load.overhead.exchangeGib, 'GiB'),
        input('step', load.overhead.budgetTokens, 'tokens'),
        input('activations', load.overhead.activationsGib, 'GiB'),
        ...workspaceInputs(load.overhead.workspaceGib),
        ...(load.overhead.loadingGib.high === 0
          ? []
          : [input('counted of loading', load.overhead.loadingGib.base, 'GiB')]),
      ],
    ),
    step(
      'fit',
      'Memory of one GPU with one longest sequence, at most',
      'weights ÷ GPUs + overhead at most + longest sequence ÷ GPUs ≤ usable',
      load.neededGibPerGpu,
      'GiB',
      [
        input('weights', bytesToGib(load.heldBytes), 'GiB'),
        input('GPUs', load.gpus, 'GPUs'),
        input('overhead at most', overheadGib(load.overhead) + overheadDoubtGib(load.overhead), 'GiB'),
        input('usable', load.usableGibPerGpu, 'GiB'),
      ],
    ),
    ...heldSteps(demand, load),
    step(
      'free-memory',
      'Memory for the KV cache of one replica',
      `${FREE_MEMORY[demand.calibration]}${load.poolBytes === 0 ? '' : ' − pool of prefixes'}${load.inFlightBytes === 0 ? '' : ' − prompts in flight'}`,
      load.freeGib,
      'GiB',
      [
        input('GPUs', load.gpus, 'GPUs'),
        input('usable', load.usableGibPerGpu, 'GiB'),
        input('overhead', overheadGib(load.overhead), 'GiB'),
        input('weights', bytesToGib(load.heldBytes), 'GiB'),
        ...(load.poolBytes === 0 ? [] : [input('pool of prefixes', bytesToGib(load.poolBytes), 'GiB')]),
        ...(load.inFlightBytes === 0
          ? []
          : [input('prompts in flight', bytesToGib(load.inFlightBytes), 'GiB')]),
      ],
    ),
    step(
      'max-concurrency',
      'Sequences that fit',
      load.stateBytes === 0
        ? 'free memory ÷ (KV per token × tokens × copies)'
        : 'free memory ÷ (KV per token × tokens × copies + states × state)',
      load.maxConcurrency,
      'sequences',
      [
        input('free memory', load.freeGib, 'GiB'),
        input('KV per token', load.tokenBytes / load.replication, 'bytes'),
        input('tokens', load.residentTokens, 'tokens'),
        input('copies', load.replication, 'factor'),
        ...(load.stateBytes === 0
          ? []
          : [input('states', load.states, 'states'), input('state', load.stateBytes / load.states, 'bytes')]),
      ],
    ),
  ];
}

function tokenStep({ model, kvPrecision }: ServingDemand, { kvBytesPerToken }: Candidate['load']): Step {
  const elementBytes = kvPrecision === 'fp8' ? 1 : 2;
  const elements = model.kvElementsPerToken ?? kvBytesPerToken / elementBytes;
  const besides = kvBytesPerToken - elements * elementBytes;
  return step(
    'kv-per-token',
    'KV cache of one token',
    besides === 0 ? 'cached elements × bytes' : 'cached elements × bytes + index keys and scales',
    kvBytesPerToken,
    'bytes',
    [
      input('cached elements', elements, 'elements', model.sources[0]),
      input('format', kvPrecision, 'id'),
      ...(besides === 0 ? [] : [input('index keys and scales', besides, 'bytes')]),
    ],
  );
}

function workspaceInputs({ low, base, high }: Band) {
  if (base === 0) return [];
  return [
    input('workspace of experts', base, 'GiB'),
    input('at least', low, 'GiB'),
    input('at most', high, 'GiB'),
  ];
}

function fleetSteps(demand: ServingDemand, fleet: Fleet, result: Result): Step[] {
  const { point } = fleet.candidate;
  const { replicaUp, nodeUp, replicasPerNode } = fleet.domains;
  const { percentile } = demand;
  const isJudged = percentile !== null && (demand.ttftMs !== null || demand.tpotMs !== null);
  return [
    step(
      'replicas-for-load',
      'Replicas for the peak',
      isJudged
        ? `ceil(peak × output ÷ (throughput × fill)), more until the objectives hold at ${percentile}`
        : 'ceil(peak × output ÷ (throughput × fill))',
      fleet.forLoad,
      'replicas',
      [
        input('peak', demand.peakRequestsPerSecond, 'requests/s'),
        input('output', demand.outputTokens.mean, 'tokens'),
        input('throughput', point.tokensPerSecond, 'output tokens/s'),
        input('fill', demand.fill, 'share 0–1'),
        input('by throughput', fleet.forThroughput, 'replicas'),
      ],
    ),
    step(
      'spares',
      'Spare replicas',
      'fewest with P(replicas for load are up) ≥ availability asked',
      fleet.spares,
      'replicas',
      [
        input('one replica up', replicaUp * nodeUp, 'share 0–1'),
        ...(replicasPerNode === 1
          ? []
          : [
              input('replicas of a node, which fall with it', replicasPerNode, 'replicas'),
              input('one node up', nodeUp, 'share 0–1'),
            ]),
        input('availability asked', demand.availability, 'share 0–1'),
        input('availability reached', result.availability, 'share 0–1'),
      ],
    ),
  ];
}
