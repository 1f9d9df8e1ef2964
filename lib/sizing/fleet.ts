import type { Server } from '#lib/queueing/server';
import type { Candidate, Load } from '#lib/sizing/candidate';
import { failureDomains, sparesInDomains, type FailureDomains } from '#lib/sizing/failure-domains';
import { concurrenciesBelow } from '#lib/sizing/highest-passing';
import { replicasAtPercentile } from '#lib/sizing/latency-under-load';
import { nodesOf } from '#lib/sizing/parallelism';
import type { OperatingPoint, SizingMethod } from '#lib/sizing/predictor';
import { queueServer } from '#lib/sizing/queue-server';
import { replicasForLoad } from '#lib/sizing/replicas';
import type { ServingDemand } from '#lib/sizing/sizing';

/** Replicas of one layout that carry a demand. */
export interface Fleet {
  readonly candidate: Candidate;
  /** A replica as its queue sees it; `null` where no queue was asked. */
  readonly server: Server | null;
  /** Replicas by throughput and fill alone. */
  readonly forThroughput: number;
  /** Those that meet the objectives at the peak besides. */
  readonly forLoad: number;
  readonly spares: number;
  readonly domains: FailureDomains;
  readonly gpus: number;
}

/** A layout whose idle replica already misses an objective for some of the requests. */
export interface Late {
  readonly late: Server;
}

/**
 * The fleet of a layout with the fewest replicas. Where the objectives do not hold at the throughput's count, fewer
 * sequences at once may need fewer replicas than more of them: both are tried.
 *
 * @returns `null` where no number of spares reaches the availability
 */
export function fleetOf(
  demand: ServingDemand,
  candidate: Candidate,
  method: SizingMethod,
): Fleet | Late | null {
  const forThroughput = countAt(demand, candidate.point);
  if (demand.percentile === null) {
    return complete(demand, { candidate, server: null, forThroughput, forLoad: forThroughput });
  }
  const { load, predictor, point } = candidate;
  const server = queueServer(demand, load.shape, predictor, point.concurrency, method);
  let best: Counted | null = null;
  const forLoad = replicasAtPercentile(demand, server, forThroughput);
  if (forLoad !== null) best = { candidate, server, forThroughput, forLoad };
  if (forLoad !== forThroughput) {
    for (const concurrency of concurrenciesBelow(point.concurrency).toReversed()) {
      const fewer = predictor.at(concurrency);
      const least = countAt(demand, fewer);
      if (best !== null && least >= best.forLoad) break;
      // A queue of its own: a looser objective then never finds less than a tighter one that ends here.
      const smaller = queueServer(demand, load.shape, predictor, concurrency, method);
      const found = replicasAtPercentile(demand, smaller, least);
      if (found === null || (best !== null && found >= best.forLoad)) continue;
      const changed: Candidate = { ...candidate, point: fewer, binding: 'latency' };
      best = { candidate: changed, server: smaller, forThroughput: least, forLoad: found };
    }
  }
  if (best === null) return { late: server };
  if (best.forLoad === best.forThroughput) return complete(demand, best);
  return complete(demand, { ...best, candidate: { ...best.candidate, binding: 'latency' } });
}

type Counted = Pick<Fleet, 'candidate' | 'server' | 'forThroughput' | 'forLoad'>;

function complete(demand: ServingDemand, counted: Counted): Fleet | null {
  const { candidate, forLoad } = counted;
  const domains = domainsOf(demand, candidate.load);
  const spares = sparesInDomains(forLoad, domains, demand.availability);
  if (spares === null) return null;
  return { ...counted, spares, domains, gpus: (forLoad + spares) * candidate.load.gpus };
}

/** How replicas of a layout fail on nodes of the demand. */
export function domainsOf(
  { replica, gpusPerNode }: ServingDemand,
  { shape, gpus }: Pick<Load, 'shape' | 'gpus'>,
): FailureDomains {
  return failureDomains(replica, { nodesPerReplica: nodesOf(shape), replicasPerNode: gpusPerNode / gpus });
}

/** Replicas for the peak by throughput and fill. */
export function countAt(
  { peakRequestsPerSecond, outputTokens, fill }: ServingDemand,
  { tokensPerSecond }: Pick<OperatingPoint, 'tokensPerSecond'>,
): number {
  return replicasForLoad({ peakRequestsPerSecond, outputTokens: outputTokens.mean, tokensPerSecond, fill });
}
