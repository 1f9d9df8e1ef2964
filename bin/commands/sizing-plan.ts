import { EXIT, fine, json, textOf, type Flags, type Outcome, type Run } from '#bin/command';
import { sizedCatalog } from '#bin/input/sized-catalog';
import { slicedBy, techniquesOf } from '#bin/flags/technique-flags';
import { choice, decimal, knownGpu, knownModel, share } from '#bin/flags/flag-values';
import { wholeNumber } from '#bin/flags/whole-number';
import { KV_PRECISIONS, PRECISIONS } from '#lib/catalog/precision';
import type { Catalog } from '#lib/catalog/catalog';
import { createPriceBook } from '#lib/catalog/price-book';
import { LandfallError } from '#lib/errors/landfall-error';
import { formatMisfit } from '#lib/plan/models/candidates';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { layoutsOf } from '#lib/plan/sizing/engine-layouts';
import { longestOf } from '#lib/plan/demand';
import { assumedFabric } from '#lib/plan/nodes/node-fabric';
import { sizedTechniques, techniqueMisfit } from '#lib/plan/sizing/serving-techniques';
import { frontierScreen, undeployedNotes } from '#lib/report/screens/frontier-screen';
import { renderText } from '#lib/report/text';
import { engines } from '#lib/engines/index';
import { countsLoading } from '#lib/engines/vllm-release';
import { assumedEngineMemory } from '#lib/plan/sizing/engine-memory';
import { replicaFailures } from '#lib/plan/sizing/replica-failures';
import { unlikelyNotes } from '#lib/plan/notes/unlikely-fleet';
import { comparableRuns } from '#lib/sizing/comparable-runs';
import { chosenOf, frontierOf, type Frontier } from '#lib/sizing/frontier';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { ServingTechniques } from '#lib/spec/schema/serving-techniques';
import { PERCENTILES } from '#lib/units/percentile';

/** INT8 is asked for by name: where there are 8-bit floats nobody publishes it. */
const USUAL_FORMATS = PRECISIONS.filter((precision) => precision !== 'int8');
const ENGINES = ['vllm', 'trtllm', 'sglang'] as const;
const DEFAULTS = { rps: 1, inputTokens: 1024, outputTokens: 256, gpusPerNode: 8 } as const;
/** What an environment without objectives and knobs is sized for. */
const USUAL = { availability: 0.99, percentile: 'p95', fill: 0.7, memoryShare: 0.9 } as const;

export const run: Run = (_, flags, surroundings) => {
  const catalog = sizedCatalog(flags);
  const demand = demandOf(flags, catalog);
  const asked = textOf(flags, 'precision');
  const precisions = asked === undefined ? USUAL_FORMATS : [choice('--precision', asked, PRECISIONS)];
  const native = nativePrecision(demand.model);
  const misfits = precisions.map((precision) => formatMisfit(demand.accelerator, precision, native));
  const served = precisions.filter((_format, at) => misfits[at] === null);
  const rows = comparableRuns(demand, catalog);
  const found = frontierOf(demand, served, catalog, rows);
  const reasons = misfits.filter((misfit) => misfit !== null);
  const frontier = served.length > 0 ? found : { ...found, chosen: { fits: false as const, reasons } };
  const plain = plainOf(demand, catalog);
  const without = plain === null ? null : chosenOf(plain, served, catalog, rows);
  const { model, accelerator, ...load } = demand;
  if (flags['json']) {
    const head = { schema: 'landfall/sizing-plan/v1', model: model.id, accelerator: accelerator.id, load };
    // As the screen says it: a frontier is worth reading also of an accelerator that no option deploys.
    const unlikely = frontier.chosen.fits ? unlikelyNotes(frontier.chosen, demand) : [];
    const notes = [...undeployedNotes(accelerator), ...unlikely];
    return held(json({ ...head, notes, ...frontier, ...(without === null ? {} : { without }) }), frontier);
  }
  const screen = frontierScreen(frontier, demand, without);
  return held(renderText(screen, { ...surroundings, wide: flags['wide'] === true }), frontier);
};

/** Exit 3 where no way carries the load: what is written says why. */
function held(stdout: string, { chosen }: Frontier): Outcome {
  return { ...fine(stdout), exitCode: chosen.fits ? EXIT.fine : EXIT.guardrail };
}

/** The same load on the plain engine and whole accelerators; `null` where nothing is switched on. */
function plainOf(demand: Omit<ServingDemand, 'precision'>, catalog: Catalog) {
  const { techniques, ...plain } = demand;
  const whole = catalog.accelerators.get(demand.accelerator.sliceOf ?? demand.accelerator.id);
  const isPlain = techniques === undefined && demand.accelerator.sliceOf === undefined;
  return isPlain || whole === undefined ? null : { ...plain, accelerator: whole };
}

function demandOf(flags: Flags, catalog: Catalog): Omit<ServingDemand, 'precision'> {
  const model = knownModel('--model', textOf(flags, 'model'), catalog.models);
  const gpu = knownGpu(textOf(flags, 'gpu'), catalog.accelerators);
  const prices = createPriceBook({ catalog, overrides: { prices: {}, assumptions: {} } });
  const rps = decimal('--rps', textOf(flags, 'rps')) ?? DEFAULTS.rps;
  const input = wholeNumber('--in', textOf(flags, 'in')) ?? DEFAULTS.inputTokens;
  const output = wholeNumber('--out', textOf(flags, 'out')) ?? DEFAULTS.outputTokens;
  const tensorParallel = wholeNumber('--tp', textOf(flags, 'tp'));
  const lengths = {
    inputTokens: { mean: input, longest: longestOf({ mean: input }) },
    outputTokens: { mean: output, longest: longestOf({ mean: output }) },
  };
  const serving = techniquesOf(flags, catalog);
  const impossible = techniqueMisfit(model, serving, catalog);
  if (impossible !== null) throw cannotDraft(impossible);
  const fabric = decimal('--fabric', textOf(flags, 'fabric'));
  const engine = choice('--engine', textOf(flags, 'engine') ?? 'vllm', ENGINES);
  const contextTokens = lengths.inputTokens.longest + lengths.outputTokens.longest;
  const techniques = sizedTechniques(serving, contextTokens, catalog, prices);
  return {
    model,
    accelerator: slicedBy(flags, gpu, catalog),
    gpusPerNode: wholeNumber('--gpus', textOf(flags, 'gpus')) ?? DEFAULTS.gpusPerNode,
    ...lengths,
    ...(techniques === undefined ? {} : { techniques }),
    kvPrecision: choice('--kv', textOf(flags, 'kv') ?? 'bf16', KV_PRECISIONS),
    calibration: engine,
    ...launchedLayouts(engine, serving),
    ...(fabric === undefined ? {} : { fabric: assumedFabric(fabric, prices) }),
    memoryShare: USUAL.memoryShare,
    peakRequestsPerSecond: rps,
    meanRequestsPerSecond: rps,
    cachedShare: share('--cached', textOf(flags, 'cached')) ?? 0,
    ttftMs: decimal('--ttft', textOf(flags, 'ttft')) ?? null,
    tpotMs: decimal('--tpot', textOf(flags, 'tpot')) ?? null,
    percentile: choice('--percentile', textOf(flags, 'percentile') ?? USUAL.percentile, PERCENTILES),
    availability: USUAL.availability,
    fill: USUAL.fill,
    ...(tensorParallel === undefined ? {} : { tensorParallel }),
    coldStart: {
      loadGbPerSecond: prices.assumption('weights.load-gb-per-second').base,
      compileSeconds: prices.assumption('engine.compile-seconds').base,
    },
    engineMemory: assumedEngineMemory(prices, hasEarlyRelease(flags)),
    replica: replicaFailures(prices),
  };
}

/** As a plan would launch them; TensorRT-LLM is sized and not launched. */
function launchedLayouts(engine: (typeof ENGINES)[number], serving: ServingTechniques) {
  return engine === 'trtllm' ? {} : layoutsOf(engines.get(engine), serving);
}

/** Of vLLM, which alone has releases that count loading. */
function hasEarlyRelease(flags: Flags): boolean {
  const release = textOf(flags, 'engineVersion');
  if (release === undefined || (textOf(flags, 'engine') ?? 'vllm') !== 'vllm') return false;
  if (/^v?\d+\.\d+/.test(release)) return countsLoading(release);
  throw new LandfallError({
    code: 'WRONG_TYPE',
    at: '--engine-version',
    got: release,
    expected: 'a release such as 0.11.0',
    fix: 'write the number that `vllm --version` prints',
  });
}

function cannotDraft(why: string): LandfallError {
  return new LandfallError({
    code: 'CONFLICT',
    at: '--speculation',
    got: why,
    expected: 'a drafter for this model',
    fix: 'write --speculation n-gram:3:0.5, which needs no weights, or choose another drafter',
  });
}
