import type { Accelerator } from '#lib/catalog/accelerators';
import type { Precision } from '#lib/catalog/precision';
import { imageMisfit } from '#lib/plan/models/candidates';
import { unlikelyNotes } from '#lib/plan/notes/unlikely-fleet';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { count, counted, milliseconds, percent } from '#lib/report/format';
import { scatter } from '#lib/report/screens/scatter';
import { gpusOf, type Frontier, type FrontierPoint } from '#lib/sizing/frontier';
import type { LatencySpread } from '#lib/sizing/latency-under-load';
import type { ServingDemand, ServingSizing } from '#lib/sizing/sizing';
import type { Band } from '#lib/units/band';
import { PERCENTILES } from '#lib/units/percentile';

const BINDINGS: Readonly<Record<string, string>> = {
  memory: 'memory: no more sequences fit beside the weights',
  bandwidth: 'bandwidth: reading weights and cache takes the longest',
  compute: 'compute: multiplying takes the longest',
  latency: 'latency: more sequences at once would miss the objectives',
  interconnect: 'interconnect: the exchange between GPUs takes the longest',
};
const PLOT = { width: 90, height: 14 } as const;

/** Says of an accelerator that no option deploys why; nothing of the others. */
export function undeployedNotes(accelerator: Accelerator): string[] {
  const why = imageMisfit(accelerator);
  return why === null ? [] : [`computed only, no option deploys it: ${why}`];
}

/** The option of an environment whose plan a demand is taken from, and what that chose. */
export interface PlannedOption {
  readonly environment: string;
  readonly scenario: string;
  readonly option: string;
  readonly shape: string;
  readonly model: string;
  readonly precision: Precision;
  /** Models that may serve the scenario; empty where any may. */
  readonly pool: readonly string[];
}

interface Beside {
  /** What would be chosen with nothing switched on; `null` where nothing is. */
  readonly without: Frontier['chosen'] | null;
  /** @default - the demand was stated whole */
  readonly option?: PlannedOption;
}

/** What `landfall sizing plan` shows: the frontier as a table and a plot, the chosen point, and what binds it. */
export function frontierScreen(
  { points, considered, chosen }: Frontier,
  demand: Omit<ServingDemand, 'precision'>,
  { without, option }: Beside = { without: null },
): Screen {
  const { model, accelerator, inputTokens, outputTokens, peakRequestsPerSecond } = demand;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${model.name} on ${accelerator.name} · ${count(peakRequestsPerSecond, 2)} requests/s, ${count(inputTokens.mean)} tokens in, ${count(outputTokens.mean)} out`,
      details: [
        `objectives${demand.percentile === null ? '' : ` at ${demand.percentile}`}: TTFT ${milliseconds(demand.ttftMs)}, TPOT ${milliseconds(demand.tpotMs)} · ${counted(points.length, 'way')} of ${count(considered)} not beaten in both rates`,
        'all sequences running, ✓ where TTFT and TPOT then meet the objectives',
        ...optionLines(option),
        ...undeployedNotes(accelerator),
      ],
    },
    ...curve(points, chosen),
    ...chosenLines(chosen, unitOf(accelerator)),
    ...unlessEmpty({
      kind: 'lines',
      heading: 'Mind',
      lines: chosen.fits ? unlikelyNotes(chosen, demand) : [],
    }),
    ...gainLines(chosen, without, unitOf(accelerator)),
  ];
}

function optionLines(option: PlannedOption | undefined): string[] {
  if (option === undefined) return [];
  const { model, precision, shape, pool } = option;
  const others = pool.filter((each) => each !== model);
  const rest = others.length === 0 ? '' : `; also in the pool: ${others.join(', ')}`;
  return [
    `asked as option ${option.option} of ${option.environment} for ${option.scenario}, which chose ${model} in ${precision} on ${shape}${rest}`,
  ];
}

/** The frontier; nothing where no way was sized, whose axes would be empty. */
function curve(points: Frontier['points'], chosen: Frontier['chosen']): Screen {
  if (points.length === 0) return [];
  return [
    {
      kind: 'table',
      columns: [
        column('format'),
        column('TP', 'right'),
        column('PP', 'right'),
        column('EP', 'right'),
        column('DP', 'right'),
        column('sequences', 'right'),
        column('tok/s/user', 'right'),
        column('tok/s/GPU', 'right'),
        column('80 % band', 'right', 1),
        column('TPOT', 'right'),
        column('TTFT', 'right'),
        column('', 'left'),
      ],
      rows: points.map(rowOf),
    },
    {
      kind: 'plot',
      lines: scatter(
        points.map((point) => ({
          x: point.tokensPerSecondPerUser,
          y: point.tokensPerSecondPerGpu.base,
          sign: isChosen(point, chosen) ? '◆' : point.meetsObjectives ? '●' : '·',
        })),
        { ...PLOT, xTitle: 'tokens/s per user', yTitle: 'tokens/s per GPU' },
      ),
    },
  ];
}

function rowOf(point: FrontierPoint): string[] {
  const { low, base, high } = point.tokensPerSecondPerGpu;
  return [
    point.precision,
    String(point.tensor),
    String(point.pipeline),
    String(point.expert),
    String(point.data),
    count(point.concurrency),
    count(point.tokensPerSecondPerUser, 1),
    count(base),
    `${count(low)} – ${count(high)}`,
    milliseconds(point.tpotMs),
    milliseconds(point.ttftMs),
    point.meetsObjectives ? '✓' : '',
  ];
}

function isChosen(point: FrontierPoint, chosen: Frontier['chosen']): boolean {
  return (
    chosen.fits &&
    point.precision === chosen.precision &&
    point.tensor === chosen.parallelism.tensor &&
    point.pipeline === chosen.parallelism.pipeline &&
    point.data === chosen.parallelism.data &&
    point.concurrency === chosen.concurrency
  );
}

/** The fleet that computes prompts alone. */
function promptLines({ prompts }: ServingSizing): string[] {
  if (prompts === undefined) return [];
  const { replicas, gpusPerReplica, requestsPerSecondPerReplica: each, transferMs } = prompts;
  return [
    `prompts: ${counted(replicas, 'replica')} of ${counted(gpusPerReplica, 'GPU')}, ${count(each.base, 1)} requests/s each, ${milliseconds(transferMs)} to send the cache`,
  ];
}

/** Percentiles at the peak, and the band of the one that is judged. */
function latencyLines({ latency, ttftMs, tpotMs }: ServingSizing): string[] {
  if (latency?.atPeak == null) return [];
  const { percentile, atPeak } = latency;
  const all = (spread: LatencySpread) =>
    PERCENTILES.map((each) => `${each} ${milliseconds(spread[each])}`).join(', ');
  const between = ({ low, high }: Band) => `${percentile} ${milliseconds(low)} – ${milliseconds(high)}`;
  return [
    `at the peak, ${count(atPeak.requestsPerSecond, 2)} requests/s each (${count(latency.mostRequestsPerSecond, 2)} at most): ${count(atPeak.running, 1)} running, ${percent(atPeak.waitingShare)} find no slot`,
    `TTFT ${all(atPeak.ttftMs)} (80 % band: ${between(ttftMs)})`,
    `TPOT ${all(atPeak.tpotMs)} (80 % band: ${between(tpotMs)})`,
  ];
}

/** What replicas are counted in. */
function unitOf({ sliceOf }: Accelerator): string {
  return sliceOf === undefined ? 'GPU' : 'slice';
}

function chosenLines(chosen: Frontier['chosen'], unit: string): Screen {
  if (!chosen.fits) return [{ kind: 'lines', heading: 'No way carries the load', lines: chosen.reasons }];
  const { parallelism, replicas, spares, tokensPerSecondPerReplica: rate } = chosen;
  const layout = `TP ${parallelism.tensor}, PP ${parallelism.pipeline}, EP ${parallelism.expert}, DP ${parallelism.data}`;
  const nearest = chosen.nearest;
  return [
    {
      kind: 'lines',
      heading: `Chosen: ${chosen.precision}, ${layout} · ${counted(replicas, 'replica')} (${counted(spares, 'spare')}) · ${counted(gpusOf(chosen), unit)}`,
      lines: [
        `one replica at ${count(chosen.concurrency)} sequences: ${count(rate.base)} tokens/s (${count(rate.low)} – ${count(rate.high)})`,
        ...promptLines(chosen),
        ...latencyLines(chosen),
        `binds: ${BINDINGS[chosen.binding] ?? chosen.binding}`,
        `memory of a GPU: ${weightsOf(chosen)}, ${count(chosen.kvGibPerGpu, 1)} GiB cache${workspaceOf(chosen.workspaceGibPerGpu)} of ${count(chosen.usableGibPerGpu, 1)} GiB usable`,
        `headroom beyond the peak ${percent(chosen.headroom)}, cold start ${milliseconds(chosen.coldStartSeconds * 1000)}, ${chosen.confidence}`,
        nearest === null
          ? 'nearest measured run: none of this model on this accelerator'
          : `nearest measured run: ${count(nearest.outputTokensPerSecondPerGpu)} tokens/s per GPU, ${count(nearest.predicted)} predicted: ${nearest.difference}`,
      ],
    },
  ];
}

function weightsOf({
  weightsGib,
  hostWeightsGib = 0,
  gpusPerReplica,
}: Pick<ServingSizing, 'weightsGib' | 'hostWeightsGib' | 'gpusPerReplica'>): string {
  const held = `${count((weightsGib - hostWeightsGib) / gpusPerReplica, 1)} GiB weights`;
  if (hostWeightsGib === 0) return held;
  return `${held} (and ${count(hostWeightsGib / gpusPerReplica, 1)} GiB in host memory)`;
}

/** Whether it fits is decided at the high end. */
function workspaceOf(workspace: Band | undefined): string {
  if (workspace === undefined) return '';
  const { low, base, high } = workspace;
  return `, ${count(base, 1)} (${count(low, 1)} – ${count(high, 1)}) GiB for kernels of experts`;
}

/** What the techniques buy: the same load with nothing switched on. */
function gainLines(chosen: Frontier['chosen'], without: Frontier['chosen'] | null, unit: string): Screen {
  if (without === null) return [];
  const lines = (one: Frontier['chosen'], of: string): string =>
    one.fits
      ? `${counted(gpusOf(one), of)}, TTFT ${milliseconds(one.ttftMs.base)}, TPOT ${milliseconds(one.tpotMs.base)}, ${count(one.concurrency)} of at most ${count(one.maxConcurrency)} sequences, ${one.confidence}`
      : `does not fit: ${one.reasons.join('; ')}`;
  return [
    {
      kind: 'lines',
      heading: 'What is switched on buys',
      lines: [`with     ${lines(chosen, unit)}`, `without  ${lines(without, 'GPU')}`],
    },
  ];
}
