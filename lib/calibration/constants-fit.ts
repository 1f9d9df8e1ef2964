import type { KernelConstants, SizingConstants } from '#lib/catalog/calibration';
import type { PreparedRun } from '#lib/calibration/prepared-run';
import { robustFit, type FitOptions, type FittedConstant } from '#lib/fitting/robust-fit';
import { kernelPoint } from '#lib/sizing/kernels/kernel-point';
import { rooflinePoint } from '#lib/sizing/operating-point';
import { stepRates } from '#lib/sizing/step-time';

const THROUGHPUT_FIT = { softness: 0.12, priorWeight: 0.24, iterations: 40 } as const;
const FIRST_TOKEN_FIT = { softness: 0.3, priorWeight: 0.1, iterations: 40 } as const;
/** What is known of constants before they are fitted. */
export interface Guide<Constants> {
  /** Constants of nearly the same runs, where the search may begin; what it finds is the same. */
  readonly near?: Constants;
  /** Constants that the fitted ones are expected near, instead of what is expected of any engine; the search begins there. */
  readonly expected?: Constants;
}

/** Enough from nearly the same runs; what still moves then, moves no prediction. */
const NEAR_ITERATIONS = 8;
/** Spread of a constant that may be anything within a factor of e or so. */
const LOOSE = 1;
/** Of one that follows from how engines schedule. */
const KNOWN = 0.3;

/** Reads and writes one number of the constants. */
interface Place extends FittedConstant {
  readonly get: (constants: KernelConstants) => number;
  readonly put: (constants: KernelConstants, value: number) => KernelConstants;
}

const ENGINES = ['trtllm', 'vllm', 'sglang'] as const;
type Engine = (typeof ENGINES)[number];

function ofEngine(engine: Engine, field: keyof KernelConstants['engines'][Engine], start: number): Place {
  return {
    name: `${engine}.${field}`,
    start,
    spread: LOOSE,
    get: ({ engines }) => engines[engine][field],
    put: (constants, value) => ({
      ...constants,
      engines: { ...constants.engines, [engine]: { ...constants.engines[engine], [field]: value } },
    }),
  };
}

type Scalar =
  | 'perMoeLayer'
  | 'perSparseLayer'
  | 'perLinearLayer'
  | 'perExchange'
  | 'perMixedStep'
  | 'perPrompt'
  | 'pcieFactor'
  | 'perPipelinedSequence'
  | 'maximumFactor';

function scalar(name: Scalar, start: number, spread: number = LOOSE): Place {
  return {
    name,
    start,
    spread,
    get: (constants) => constants[name],
    put: (constants, value) => ({ ...constants, [name]: value }),
  };
}

/** Expectations, in microseconds and factors, before anything was measured. */
const OVERHEADS: readonly Place[] = [
  ofEngine('trtllm', 'perLayer', 5),
  ofEngine('vllm', 'perLayer', 10),
  ofEngine('sglang', 'perLayer', 10),
  ofEngine('trtllm', 'perStep', 300),
  ofEngine('vllm', 'perStep', 1000),
  ofEngine('sglang', 'perStep', 1000),
  ofEngine('trtllm', 'perSequence', 3),
  ofEngine('vllm', 'perSequence', 5),
  ofEngine('sglang', 'perSequence', 5),
  ofEngine('trtllm', 'perMixedLayer', 20),
  ofEngine('vllm', 'perMixedLayer', 30),
  ofEngine('sglang', 'perMixedLayer', 30),
  scalar('perMoeLayer', 5),
  scalar('perSparseLayer', 5),
  scalar('perLinearLayer', 5),
  scalar('perExchange', 3),
  scalar('perMixedStep', 1000),
  scalar('perPrompt', 200),
  scalar('pcieFactor', 1, 0.8),
  scalar('perPipelinedSequence', 10),
  scalar('maximumFactor', 1, 0.2),
];

function firstToken(
  field: keyof KernelConstants['firstToken'],
  start: number,
  spread: number = LOOSE,
): Place {
  return {
    name: `firstToken.${field}`,
    start,
    spread,
    get: (constants) => constants.firstToken[field],
    put: (constants, value) => ({ ...constants, firstToken: { ...constants.firstToken, [field]: value } }),
  };
}

const FIRST_TOKEN: readonly Place[] = [
  ofEngine('trtllm', 'startSeconds', 0.02),
  ofEngine('vllm', 'startSeconds', 0.02),
  ofEngine('sglang', 'startSeconds', 0.02),
  ofEngine('trtllm', 'perPromptToken', 5),
  ofEngine('vllm', 'perPromptToken', 5),
  ofEngine('sglang', 'perPromptToken', 5),
  firstToken('steps', 1),
  // Ten requests of each client, of which the first waits for half of the others: 0.5 ÷ 10.
  firstToken('burst', 0.05),
  firstToken('waves', 0.5, KNOWN),
  firstToken('group', 1),
  firstToken('memory', 1),
  firstToken('queue', 0.5),
  firstToken('held', 1, KNOWN),
];

/** Overheads and first-token factors under which the measured kernels explain the runs best. */
export function fitKernelConstants(
  runs: readonly PreparedRun[],
  from: KernelConstants,
  guide: Guide<KernelConstants> = {},
): KernelConstants {
  const measured = runs.filter(({ kernels }) => kernels !== null);
  const fitted = fitPlaces(OVERHEADS, { ...guide, from }, THROUGHPUT_FIT, (constants) =>
    measured.map((run) =>
      Math.log(
        kernelTokensPerSecond(run, constants) /
          run.piece.shape.tensor /
          run.piece.shape.pipeline /
          run.tokensPerSecondPerGpu,
      ),
    ),
  );
  const answered = measured.filter(({ ttftMs }) => ttftMs !== null);
  return fitPlaces(FIRST_TOKEN, { ...guide, from: fitted }, FIRST_TOKEN_FIT, (constants) =>
    answered.map((run) => Math.log((1000 * pointOf(run, constants).ttftSeconds) / (run.ttftMs ?? 1))),
  );
}

function kernelTokensPerSecond(run: PreparedRun, constants: KernelConstants): number {
  return pointOf(run, constants).tokensPerSecond;
}

function pointOf({ kernels, load }: PreparedRun, constants: KernelConstants) {
  if (kernels === null) throw new Error('a run without measured operators was asked for its kernels');
  const waiting = kernels.isMaximum ? 0 : Math.max(0, load.clients - load.running) / load.running;
  return kernelPoint(kernels.cycle, { ...kernels, waiting }, constants);
}

function fitPlaces(
  places: readonly Place[],
  { from, near, expected }: Guide<KernelConstants> & { readonly from: KernelConstants },
  options: FitOptions,
  errorsOf: (constants: KernelConstants) => readonly number[],
): KernelConstants {
  const at = (values: readonly number[]) =>
    places.reduce((constants, place, index) => place.put(constants, values[index] ?? place.start), from);
  const begin =
    near === undefined ? {} : { from: places.map(({ get }) => get(near)), iterations: NEAR_ITERATIONS };
  const expectations =
    expected === undefined ? places : places.map((place) => ({ ...place, start: place.get(expected) }));
  const values = robustFit(expectations, (each) => errorsOf(at(each)), { ...options, ...begin });
  return at(values.map(rounded));
}

/** Where the roofline's constants start, with how far they may be from there. */
const ROOFLINE: readonly FittedConstant[] = [
  { name: 'bw_eff_hopper', start: 0.8, spread: 0.3 },
  { name: 'bw_eff_blackwell', start: 0.8, spread: 0.3 },
  { name: 'bw_eff_rtxpro', start: 0.8, spread: 0.3 },
  { name: 'mfu_pf_bf16', start: 0.6, spread: 0.5 },
  { name: 'mfu_pf_fp8', start: 0.5, spread: 0.5 },
  { name: 'mfu_pf_fp4', start: 0.4, spread: 0.5 },
  { name: 'mfu_pf_w4a16', start: 0.4, spread: 0.5 },
  { name: 'mfu_pf_int4', start: 0.4, spread: 0.5 },
  { name: 'mfu_dec', start: 0.5, spread: 0.5 },
  { name: 'us_layer', start: 20, spread: LOOSE },
  { name: 'us_layer_moe', start: 20, spread: LOOSE },
  { name: 'us_step', start: 1000, spread: 2 },
  { name: 'us_req', start: 10, spread: LOOSE },
  { name: 'us_allreduce', start: 10, spread: LOOSE },
  { name: 'link_eff', start: 0.7, spread: 0.5 },
  { name: 'moe_mfu_factor', start: 0.7, spread: 0.5 },
  { name: 'kv_bw_factor', start: 1, spread: 0.3 },
  { name: 'att_mfu', start: 0.5, spread: 0.5 },
  { name: 'us_engine_vllm', start: 500, spread: 2 },
  { name: 'us_engine_sglang', start: 500, spread: 2 },
  { name: 'pf_arch_blackwell', start: 0.7, spread: 0.5 },
  { name: 'pf_arch_rtxpro', start: 0.7, spread: 0.5 },
  { name: 'maxtp_factor', start: 1, spread: 0.2 },
  { name: 'us_layer_dsa', start: 50, spread: LOOSE },
  { name: 'int4_bw', start: 0.7, spread: 0.5 },
];

/** Constants under which the roofline explains the runs best. */
export function fitRoofline(
  runs: readonly PreparedRun[],
  from: SizingConstants,
  { near, expected }: Guide<SizingConstants> = {},
): SizingConstants {
  const at = (values: readonly number[]): SizingConstants => ({
    ...from,
    values: Object.fromEntries(ROOFLINE.map(({ name }, index) => [name, values[index] ?? 0])),
  });
  const expectations = ROOFLINE.map((each) => ({
    ...each,
    start: expected?.values[each.name] ?? each.start,
  }));
  const values = robustFit(
    expectations,
    (each) => {
      const constants = at(each);
      return runs.map((run) =>
        Math.log(rooflineTokensPerSecondPerGpu(run, constants) / run.tokensPerSecondPerGpu),
      );
    },
    {
      ...THROUGHPUT_FIT,
      ...(near === undefined
        ? {}
        : {
            from: ROOFLINE.map(({ name, start }) => near.values[name] ?? start),
            iterations: NEAR_ITERATIONS,
          }),
    },
  );
  return at(values.map(rounded));
}

function rooflineTokensPerSecondPerGpu(run: PreparedRun, constants: SizingConstants): number {
  const { features, load, piece } = run;
  const rates = stepRates(features, piece.engine, constants);
  const point = rooflinePoint(features, load.running, piece.outputTokens, rates);
  const factor = piece.isMaximum ? (constants.values['maxtp_factor'] ?? 1) : 1;
  return (point.tokensPerSecond * factor) / run.run.gpus;
}

/** Four digits: more would pretend to a knowledge that the fit does not have. */
function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
