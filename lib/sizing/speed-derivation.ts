import type { Step, StepInput } from '#lib/units/derivation';
import type { Candidate } from '#lib/sizing/candidate';
import { input, step } from '#lib/sizing/derivation-step';
import type { StepKernels } from '#lib/sizing/kernels/step-kernels';
import type { Features } from '#lib/sizing/features';
import type { KernelPoint } from '#lib/sizing/kernels/kernel-point';
import type { OperatingPoint, SizingMethod } from '#lib/sizing/predictor';
import type { ServingDemand } from '#lib/sizing/sizing';

/** How fast a replica is: by measured operators, by the roofline, and both together with what runs of the kind say. */
export function speedSteps(demand: ServingDemand, candidate: Candidate, method: SizingMethod): Step[] {
  const { point } = candidate;
  const kernels =
    point.kernels === null
      ? []
      : [
          ...kernelSteps(point.kernels, point.concurrency, method),
          ...exchangeSteps(demand, point.kernels, candidate.predictor.features),
        ];
  return [...kernels, ...rooflineSteps(demand, candidate, method), ...resultSteps(demand, point, method)];
}

function kernelSteps(kernels: KernelPoint, concurrency: number, method: SizingMethod): Step[] {
  const { cycle } = kernels;
  const source = method.kernelConstants.source;
  const formula = 'matrix products + experts + attention + exchange + element-wise + output layer + engine';
  return [
    step(
      'kernel-decode-step',
      'One decode step, by measured operators',
      formula,
      ms(kernels.decodeSeconds),
      'ms',
      [
        ...operators(cycle.decode, kernels.decodeSeconds, source),
        input('sequences', concurrency, 'sequences'),
      ],
    ),
    step(
      'kernel-mixed-step',
      'One step that computes prompts too, by measured operators',
      formula,
      ms(kernels.mixedSeconds),
      'ms',
      [
        ...operators(cycle.mixed, kernels.mixedSeconds, source),
        input('prompt tokens', cycle.prefillTokensPerStep, 'tokens'),
        input('sequences', cycle.mixedSequences, 'sequences'),
      ],
    ),
    step(
      'kernel-throughput',
      'Throughput of one replica, by measured operators',
      'sequences × output ÷ (mixed steps × mixed + decode steps × decode)',
      kernels.tokensPerSecond,
      'output tokens/s',
      [
        input('sequences', cycle.sequences, 'sequences per stage'),
        input('output', cycle.outputTokens, 'tokens'),
        input('mixed steps', cycle.mixedSteps, 'steps'),
        input('decode steps', cycle.decodeSteps, 'steps'),
      ],
    ),
    firstTokenStep(kernels, source),
  ];
}

/** All slots taken by a closed loop; what requests see under random arrivals is a step of its own. */
function firstTokenStep({ firstToken, ttftSeconds, cycle }: KernelPoint, source: string): Step {
  const { start, host, steps, own, queue, burst, memory } = firstToken;
  return step(
    'kernel-first-token',
    'Time to first token, by measured operators',
    'start + host of the prompt + steps + own prompt + queue + burst + memory',
    ms(ttftSeconds),
    'ms',
    [
      input('start', ms(start), 'ms', source),
      input('host of the prompt', ms(host), 'ms', source),
      input('steps until scheduled', ms(steps), 'ms', source),
      input('own prompt', ms(own), 'ms', source),
      input('queue behind prompts', ms(queue), 'ms', source),
      input('burst of clients', ms(burst), 'ms', source),
      ...(memory === 0 ? [] : [input('wait for memory', ms(memory), 'ms', source)]),
      input('prompt', cycle.inputTokens, 'tokens'),
    ],
  );
}

/** What the exchange between nodes is made of; nothing where a stage lies within one. */
function exchangeSteps(
  { fabric, model }: ServingDemand,
  { cycle }: KernelPoint,
  { span, gatheredBytesPerToken }: Features,
): Step[] {
  if (span === null || fabric === undefined) return [];
  return [
    step(
      'exchange-between-nodes',
      'Exchange of one decode step over nodes: two for each layer of experts',
      'exchanges × (start × nodes + max(within a node, bytes × (nodes − 1) ÷ nodes ÷ (network × share)))',
      ms(cycle.decode.gathers),
      'ms',
      [
        input('exchanges', 2 * (model.moe?.moeLayers ?? 0), 'exchanges'),
        input('nodes', span.nodes, 'nodes'),
        input('start', fabric.startMicroseconds.base, 'µs', 'nccl-tests-p5-efa'),
        input('bytes', cycle.sequences * gatheredBytesPerToken, 'bytes'),
        input('network of a node', fabric.gbPerSecond, 'GB/s'),
        input('share', fabric.share.base, 'share 0–1', 'nccl-tests-p5-efa'),
      ],
    ),
  ];
}

function operators(kernels: StepKernels, seconds: number, source: string): StepInput[] {
  const attention = kernels.attention + kernels.promptAttention;
  const { gemm, experts, sums, gathers, elementwise, outputLayer } = kernels;
  const communication = sums + gathers;
  const engine = seconds - gemm - experts - attention - communication - elementwise - outputLayer;
  return [
    input('matrix products', ms(gemm), 'ms', source),
    input('experts', ms(experts), 'ms', source),
    input('attention', ms(attention), 'ms', source),
    input('exchange', ms(communication), 'ms', source),
    input('element-wise', ms(elementwise), 'ms'),
    input('output layer', ms(outputLayer), 'ms', source),
    input('engine', ms(engine), 'ms', source),
  ];
}

function rooflineSteps(
  demand: ServingDemand,
  { point, predictor }: Candidate,
  { constants }: SizingMethod,
): Step[] {
  const { step: times, tokensPerSecond } = point.roofline;
  const { stages, prefillTokens } = predictor.features;
  const source = constants.source;
  return [
    step(
      'decode-step',
      'One decode step, by the roofline',
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
      'Prefill of one prompt, by the roofline',
      '2 × active parameters × tokens ÷ rate + attention + communication',
      ms(times.prefill),
      'ms',
      [input('tokens', prefillTokens, 'tokens'), input('cached share', demand.cachedShare, 'share 0–1')],
    ),
    step(
      'roofline-throughput',
      'Throughput of one replica, by the roofline',
      'sequences × output ÷ (sequences × prefill + output × step)',
      tokensPerSecond,
      'output tokens/s',
      [
        input('sequences', point.concurrency / stages, 'sequences per stage'),
        input('output', demand.outputTokens.mean, 'tokens'),
        input('prefill', ms(times.prefill), 'ms'),
        input('step', ms(times.decode), 'ms'),
      ],
    ),
  ];
}

function resultSteps(demand: ServingDemand, point: OperatingPoint, method: SizingMethod): Step[] {
  const { kernels, roofline, corrected } = point;
  const weight = method.kernelConstants.kernelWeight;
  const source = method.corrections()[0]?.source;
  const blended = (kernel: number | null, other: number, unit: string): StepInput[] =>
    kernel === null
      ? [input('roofline', other, unit)]
      : [input('kernels', kernel, unit), input('roofline', other, unit), input('w', weight, 'share 0–1')];
  const blend =
    kernels === null ? 'roofline × measured runs' : 'kernels^w × roofline^(1 − w) × measured runs';
  return [
    step('tpot', 'Time per output token, all slots taken', blend, point.tpotMs, 'ms', [
      ...blended(kernels && ms(kernels.tpotSeconds), roofline.tpotMs, 'ms'),
      input('measured runs', corrected.tpot, 'factor', source),
      input('objective', demand.tpotMs ?? 'none', 'ms'),
    ]),
    step(
      'ttft',
      'Time to first token, all slots taken',
      kernels === null ? 'roofline × measured runs' : 'kernels × measured runs',
      point.ttftMs,
      'ms',
      [
        kernels === null
          ? input('roofline', roofline.ttftMs, 'ms')
          : input('kernels', ms(kernels.ttftSeconds), 'ms'),
        input('measured runs', corrected.ttft, 'factor', source),
      ],
    ),
    step('throughput', 'Throughput of one replica', blend, point.tokensPerSecond, 'output tokens/s', [
      ...blended(kernels?.tokensPerSecond ?? null, roofline.tokensPerSecond, 'output tokens/s'),
      input('measured runs', corrected.throughput, 'factor', source),
    ]),
  ];
}

function ms(seconds: number): number {
  return seconds * 1000;
}
