import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Precision } from '#lib/catalog/precision';
import type { Band } from '#lib/units/band';
import { loadOf } from '#lib/sizing/candidate';
import type { ReplicaShape } from '#lib/sizing/features';
import { expertDegree, replicaShapes } from '#lib/sizing/parallelism';
import { predictorFor, type SizingMethod } from '#lib/sizing/predictor';
import { sizeDemand } from '#lib/sizing/disaggregated';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';

/** One way to run a replica. Rates are output tokens. */
export interface FrontierPoint {
  readonly precision: Precision;
  readonly tensor: number;
  readonly pipeline: number;
  readonly expert: number;
  readonly data: number;
  readonly gpus: number;
  /** Sequences that run at once. */
  readonly concurrency: number;
  readonly tokensPerSecondPerGpu: Band;
  /** What one user sees: `1000 ÷ TPOT`. */
  readonly tokensPerSecondPerUser: number;
  readonly tpotMs: number;
  readonly ttftMs: number;
  readonly meetsObjectives: boolean;
}

export interface Frontier {
  /** Ways that were looked at. */
  readonly considered: number;
  /** None of them is beaten in both rates, fast for the user first. */
  readonly points: readonly FrontierPoint[];
  /** The format and layout with the fewest GPUs that carries the load, or why none does. */
  readonly chosen: (ServingSizing & { readonly precision: Precision }) | ServingMisfit;
}

/**
 * Throughput of a GPU against speed for a user, over formats, layouts and concurrencies (doublings, and the most that
 * memory holds). Formats that the model does not fit in are left out.
 */
export function frontierOf(
  demand: Omit<ServingDemand, 'precision'>,
  precisions: readonly Precision[],
  method: SizingMethod,
  rows: readonly ServingRow[],
): Frontier {
  const all = precisions.flatMap((precision) => pointsOf({ ...demand, precision }, method));
  return {
    considered: all.length,
    points: undominated(all),
    chosen: chosenOf(demand, precisions, method, rows),
  };
}

/** The format and layout with the fewest GPUs that carries the load; of equals the first format. */
export function chosenOf(
  demand: Omit<ServingDemand, 'precision'>,
  precisions: readonly Precision[],
  method: SizingMethod,
  rows: readonly ServingRow[],
): Frontier['chosen'] {
  const reasons: string[] = [];
  let best: (ServingSizing & { readonly precision: Precision }) | null = null;
  for (const precision of precisions) {
    const sizing = sizeDemand({ ...demand, precision }, method, rows);
    if (!sizing.fits) reasons.push(...sizing.reasons.map((reason) => `${precision}: ${reason}`));
    else if (best === null || gpusOf(sizing) < gpusOf(best)) best = { ...sizing, precision };
  }
  return best ?? { fits: false, reasons };
}

/** Of both fleets, where prompts have one of their own. */
export function gpusOf({ replicas, gpusPerReplica, prompts }: ServingSizing): number {
  return replicas * gpusPerReplica + (prompts === undefined ? 0 : prompts.replicas * prompts.gpusPerReplica);
}

function pointsOf(demand: ServingDemand, method: SizingMethod): FrontierPoint[] {
  const holds = (shape: ReplicaShape) => {
    const load = loadOf(demand, shape);
    return load !== null && load.holdsLongest && load.maxConcurrency >= 1;
  };
  return replicaShapes(demand, holds).flatMap((shape) => {
    const load = loadOf(demand, shape);
    const expert = expertDegree(demand, shape);
    const predictor = predictorFor(
      {
        ...demand,
        engine: demand.calibration,
        shape: { ...shape, expertParallel: expert },
        inputTokens: demand.inputTokens.mean,
        outputTokens: demand.outputTokens.mean,
        isMaximum: false,
      },
      method,
    );
    if (load === null || predictor === null) return [];
    return concurrencies(load.maxConcurrency).map((concurrency): FrontierPoint => {
      const { tokensPerSecond, tpotMs, ttftMs } = predictor.at(concurrency);
      const { low, high } = predictor.bandsAt(concurrency).throughput;
      const base = tokensPerSecond / load.gpus;
      return {
        precision: demand.precision,
        tensor: shape.tensor,
        pipeline: shape.pipeline,
        expert,
        data: shape.attentionData,
        gpus: load.gpus,
        concurrency,
        tokensPerSecondPerGpu: { low: base * low, base, high: base * high },
        tokensPerSecondPerUser: 1000 / tpotMs,
        tpotMs,
        ttftMs,
        meetsObjectives:
          (demand.tpotMs === null || tpotMs <= demand.tpotMs) &&
          (demand.ttftMs === null || ttftMs <= demand.ttftMs),
      };
    });
  });
}

function concurrencies(most: number): readonly number[] {
  const grid: number[] = [];
  for (let concurrency = 1; concurrency < most; concurrency *= 2) grid.push(concurrency);
  return [...grid, most];
}

function undominated(points: readonly FrontierPoint[]): readonly FrontierPoint[] {
  const kept: FrontierPoint[] = [];
  let best = 0;
  for (const point of points.toSorted((a, b) => b.tokensPerSecondPerUser - a.tokensPerSecondPerUser)) {
    if (point.tokensPerSecondPerGpu.base <= best) continue;
    best = point.tokensPerSecondPerGpu.base;
    kept.push(point);
  }
  return kept;
}
