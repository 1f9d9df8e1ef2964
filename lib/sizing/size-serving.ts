import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Server } from '#lib/queueing/server';
import type { Band } from '#lib/units/band';
import { bytesToGib } from '#lib/units/bytes';
import { candidateOf, heldLoads, loadOf, longerLoads, type Load } from '#lib/sizing/candidate';
import { coldStartSeconds } from '#lib/sizing/cold-start';
import { derive } from '#lib/sizing/derivation';
import type { ReplicaShape } from '#lib/sizing/features';
import { fleetAvailability } from '#lib/sizing/failure-domains';
import { countAt, fleetOf, type Fleet } from '#lib/sizing/fleet';
import { idleLatency, latencyAt, mostRequestsPerSecond } from '#lib/sizing/latency-under-load';
import { latencyMisfit, memoryMisfit, unknownMisfit, type Missed } from '#lib/sizing/misfit';
import { leastGpusOf } from '#lib/sizing/least-gpus';
import { evidenceFor } from '#lib/sizing/nearest';
import { expertDegree, hasDegree, nodesOf } from '#lib/sizing/parallelism';
import type { SizingMethod } from '#lib/sizing/predictor';
import { LAYOUT_HOPE, loosened, rooflineAlone } from '#lib/sizing/roofline-alone';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';
import { grouped } from '#lib/units/grouped';
import { ownStepTokens } from '#lib/sizing/step-tokens';
import { loadedBytes } from '#lib/sizing/weights';

/** Longer pipelines one after the other that save nothing: those beyond hold hardly more cache. */
const MOST_IN_VAIN = 4;

/** While searching, only the base counts. */
const EXACT = { low: 1, high: 1 } as const;
const UNBANDED = { throughput: EXACT, tpot: EXACT, ttft: EXACT } as const;

/**
 * The replica layout, its operating point and the count of replicas that carry a demand with the fewest GPUs. Objectives
 * are judged at the base estimate. A demand that cannot be met comes back with the reasons.
 *
 * @param rows - Measured runs for the nearest of them; `null` while searching, which leaves out bands and derivation
 */
export function sizeServing(
  demand: ServingDemand,
  method: SizingMethod,
  rows: readonly ServingRow[] | null,
): ServingSizing | ServingMisfit {
  const { model } = demand;
  const context = Math.ceil(demand.inputTokens.longest + demand.outputTokens.longest);
  if (context > model.maxContextTokens) {
    return misfit(
      `${grouped(context)} tokens in the longest sequence, ${model.name} takes ${grouped(model.maxContextTokens)}`,
    );
  }
  if (demand.techniques?.offload !== undefined && demand.accelerator.hostGbPerSecond === undefined) {
    return misfit(
      `nobody publishes how fast ${demand.accelerator.id} reads from its host: no weights are left there`,
    );
  }
  if (loadOf(demand, { tensor: 1, pipeline: 1, attentionData: 1 }) === null) {
    return { ...misfit(unknownMisfit(demand)), isOfModel: true };
  }
  if (!hasDegree(demand)) return misfit(noDegree(demand));
  const loads = heldLoads(demand);
  if (loads.length === 0) return misfit(memoryMisfit(demand));

  const search = new LayoutSearch(demand, method);
  for (const { load, hopedGpus } of byRoofline(demand, loads, method)) {
    if (hopedGpus > search.fewest) break;
    if (!search.try(load)) return { ...misfit(unknownMisfit(demand)), isOfModel: true };
  }
  search.tryLonger();
  const { fleets, missed } = search;
  const [best] = fleets.toSorted((a, b) => a.gpus - b.gpus || a.candidate.load.gpus - b.candidate.load.gpus);
  if (best !== undefined) return sizingOf(demand, best, context, method, rows);
  if (missed.length > 0) return { fits: false, reasons: latencyMisfit(demand, missed) };
  return misfit(
    `availability ${demand.availability} asked, out of reach with replicas that fail every ${demand.replica.mtbfHours} h for ${demand.replica.mttrHours} h`,
  );
}

/** Fleets of the layouts that were tried, and what the others missed. */
class LayoutSearch {
  public readonly missed: Missed[] = [];
  public readonly fleets: Fleet[] = [];
  public fewest = Number.POSITIVE_INFINITY;
  /** Whether some layout would have run more sequences, had they found room. */
  public isShortOfMemory = false;
  private readonly demand: ServingDemand;
  private readonly method: SizingMethod;

  public constructor(demand: ServingDemand, method: SizingMethod) {
    this.demand = demand;
    this.method = method;
  }

  /** @returns false where the model's dimensions are not published */
  public try(load: Load): boolean {
    const { demand, method } = this;
    const result = candidateOf(demand, load, method);
    if (result === null) return false;
    if (result.candidate === null) {
      this.missed.push({ ...result.single, gpus: load.gpus, load: 'at concurrency 1' });
      return true;
    }
    if (result.candidate.binding === 'memory') this.isShortOfMemory = true;
    const fleet = fleetOf(demand, result.candidate, method);
    if (fleet === null) return true;
    if ('late' in fleet) {
      this.missed.push(...missedByIdle(demand, load, fleet.late));
      return true;
    }
    this.fleets.push(fleet);
    this.fewest = Math.min(this.fewest, fleet.gpus);
    return true;
  }

  /**
   * Longer pipelines have more cache for each accelerator: without them a demand could take more accelerators where each
   * has more memory, since a shorter pipeline then holds the model.
   */
  public tryLonger(): void {
    const { demand, method, fewest } = this;
    if (!Number.isFinite(fewest)) return;
    let inVain = 0;
    for (const load of longerLoads(demand, fewest)) {
      const before = this.fewest;
      if (leastGpusOf(demand, load, method)(1) < before) this.try(load);
      inVain = this.fewest < before ? 0 : inVain + 1;
      if (inVain === MOST_IN_VAIN) return;
    }
  }
}

/**
 * Layouts by the GPUs that the roofline alone asks for, its hope taken off: a layout that is far behind even so is not
 * sized in full. One that misses an objective by the roofline may yet meet it: it counts as if nothing was asked of latency.
 * Without measured operators the roofline is the method, and nothing is ranked.
 */
function byRoofline(
  demand: ServingDemand,
  loads: readonly Load[],
  method: SizingMethod,
): readonly { readonly load: Load; readonly hopedGpus: number }[] {
  if (method.kernelTable(demand.accelerator.sliceOf ?? demand.accelerator.id) === null)
    return loads.map((load) => ({ load, hopedGpus: 0 }));
  const roofline = rooflineAlone(method);
  const looser = loosened(demand);
  return loads
    .map((load) => {
      const candidate = candidateOf(looser, load, roofline)?.candidate ?? null;
      const fleet = candidate === null ? null : fleetOf(looser, candidate, roofline);
      const isHopeless = fleet === null || 'late' in fleet;
      return {
        load,
        hopedGpus: isHopeless ? leastGpusOf(demand, load, method)(1) : fleet.gpus * LAYOUT_HOPE,
      };
    })
    .toSorted((a, b) => a.hopedGpus - b.hopedGpus);
}

/** What an idle replica of a layout already takes too long for. */
function missedByIdle({ percentile }: ServingDemand, load: Load, server: Server): Missed[] {
  const idle = idleLatency(server);
  if (idle === null || percentile === null) return [];
  return [
    {
      gpus: load.gpus,
      ttftMs: idle.ttftMs[percentile],
      tpotMs: idle.tpotMs[percentile],
      load: `at ${percentile} when idle`,
    },
  ];
}

function sizingOf(
  demand: ServingDemand,
  fleet: Fleet,
  contextTokens: number,
  method: SizingMethod,
  rows: readonly ServingRow[] | null,
): ServingSizing {
  const { candidate, forThroughput, forLoad, spares, domains } = fleet;
  const { load, point } = candidate;
  const { shape } = load;
  const nodesPerReplica = nodesOf(shape);
  const isSearch = rows === null;
  const evidence = evidenceFor(
    demand,
    { gpus: load.gpus, stageNodes: shape.stageNodes ?? 1, concurrency: point.concurrency },
    method,
    rows ?? [],
  );
  const bands = isSearch ? UNBANDED : candidate.predictor.bandsAt(point.concurrency);
  const throughput = scaled(point.tokensPerSecond, bands.throughput);
  const replicas = forLoad + spares;
  const availability = fleetAvailability(forLoad, replicas, domains);
  const installed = replicas * point.tokensPerSecond;
  // What the objectives ask beyond the throughput's count stays in proportion.
  const count = (tokensPerSecond: number) =>
    Math.ceil((countAt(demand, { tokensPerSecond }) * forLoad) / forThroughput - 1e-9);
  const latency = isSearch ? null : latencyOf(demand, fleet);
  const mostEach = latency?.mostRequestsPerSecond ?? point.tokensPerSecond / demand.outputTokens.mean;
  const { percentile } = demand;
  const atPeak = percentile === null || latency === null ? null : latency.atPeak;
  const kvBytes =
    point.concurrency * (load.tokenBytes * load.residentTokens + load.stateBytes) + load.poolBytes;
  const loadedGib = bytesToGib(loadedBytes(demand, load.weightBytes));
  return {
    fits: true,
    parallelism: {
      tensor: shape.tensor,
      pipeline: shape.pipeline,
      expert: expertDegree(demand, shape),
      data: shape.attentionData,
    },
    gpusPerReplica: load.gpus,
    nodesPerReplica,
    weightsGib: bytesToGib(load.weightBytes),
    ...(load.heldBytes === load.weightBytes
      ? {}
      : { hostWeightsGib: bytesToGib(load.weightBytes - load.heldBytes) }),
    ...(demand.storedAs === undefined ? {} : { storedWeightsGib: loadedGib }),
    kvGibPerGpu: bytesToGib(kvBytes) / load.gpus,
    usableGibPerGpu: load.usableGibPerGpu,
    ...(demand.model.moe === null ? {} : { workspaceGibPerGpu: load.overhead.workspaceGib }),
    contextTokens,
    ...toldStep(demand, shape, load.overhead.budgetTokens),
    concurrency: point.concurrency,
    maxConcurrency: load.maxConcurrency,
    tokensPerSecondPerReplica: throughput,
    ttftMs: scaled(
      atPeak === null || percentile === null ? point.ttftMs : atPeak.ttftMs[percentile],
      bands.ttft,
    ),
    tpotMs: scaled(
      atPeak === null || percentile === null ? point.tpotMs : atPeak.tpotMs[percentile],
      bands.tpot,
    ),
    latency,
    replicasForLoad: forLoad,
    replicasForLoadBand: { low: count(throughput.high), high: count(throughput.low) },
    spares,
    replicas,
    availability,
    headroom: (replicas * mostEach) / demand.peakRequestsPerSecond - 1,
    utilisation: Math.min(1, (demand.meanRequestsPerSecond * demand.outputTokens.mean) / installed),
    coldStartSeconds: coldStartSeconds(demand, { loadedGib, nodesPerReplica }),
    binding: candidate.binding,
    confidence: evidence.confidence,
    nearest: evidence.nearest,
    derivation: isSearch ? [] : derive(demand, fleet, { latency: atPeak, availability, method }),
  };
}

/** Tokens of a step that nobody asked for and that the engine would not choose. */
function toldStep(
  { techniques, calibration, accelerator }: ServingDemand,
  { attentionData }: ReplicaShape,
  stepTokens: number,
): Pick<ServingSizing, 'stepTokens'> {
  const isOwn = stepTokens === ownStepTokens(calibration, accelerator, attentionData);
  return isOwn || techniques?.prefillBudgetTokens !== undefined ? {} : { stepTokens };
}

function latencyOf(demand: ServingDemand, { server, forLoad }: Fleet): ServingSizing['latency'] {
  const { percentile, peakRequestsPerSecond, meanRequestsPerSecond } = demand;
  if (percentile === null || server === null) return null;
  return {
    percentile,
    mostRequestsPerSecond: mostRequestsPerSecond(demand, server, peakRequestsPerSecond / forLoad),
    atPeak: latencyAt(server, peakRequestsPerSecond / forLoad),
    atMean: latencyAt(server, meanRequestsPerSecond / forLoad),
  };
}

/** The 80 % band around a value. */
function scaled(value: number, { low, high }: { readonly low: number; readonly high: number }): Band {
  return { low: value * low, base: value, high: value * high };
}

function noDegree(demand: ServingDemand): string {
  const { model, accelerator, gpusPerNode, tensorParallel, mixturesTakeNodes = false } = demand;
  const isWhole = mixturesTakeNodes && model.moe !== null;
  const whole = isWhole ? `, and a replica of a mixture takes all ${gpusPerNode} of its node` : '';
  return `tensor parallel ${tensorParallel ?? 1} asked, ${model.name} has ${model.heads} attention heads and ${gpusPerNode} × ${accelerator.id} share a node${whole}`;
}

function misfit(reason: string): ServingMisfit {
  return { fits: false, reasons: [reason] };
}
