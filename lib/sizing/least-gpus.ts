import { sparesFor } from '#lib/sizing/availability';
import { heldLoads, predictorOf, type Load } from '#lib/sizing/candidate';
import { withoutNodes } from '#lib/sizing/failure-domains';
import { domainsOf } from '#lib/sizing/fleet';
import type { SizingMethod } from '#lib/sizing/predictor';
import { unroundedReplicas, wholeReplicas } from '#lib/sizing/replicas';
import type { ServingDemand } from '#lib/sizing/sizing';
import { changesTheStep } from '#lib/sizing/techniques/techniques';

/**
 * A replica makes most tokens with all its sequences running, or so nearly that no number of them makes this much more:
 * 1.05 times at most in 1,492 random replicas of models that answer.
 */
const MORE_WITH_FEWER = 1.3;

/**
 * Accelerators that no fleet for a demand has fewer of, at so many times its peak: each layout with as many sequences as
 * it holds, asked nothing of latency. Infinite where no layout holds the model. Costs a prediction a layout, where sizing
 * takes about eight.
 *
 * @returns 0 where more sequences may make fewer tokens (drafted tokens are checked in vain) or there are two fleets
 */
export function leastGpus(demand: ServingDemand, method: SizingMethod): (times: number) => number {
  const layouts = heldLoads(demand).map((load) => leastGpusOf(demand, load, method));
  return (times) =>
    layouts.reduce((least, gpusAt) => Math.min(least, gpusAt(times)), Number.POSITIVE_INFINITY);
}

/** The same of one layout. */
export function leastGpusOf(
  demand: ServingDemand,
  load: Load,
  method: SizingMethod,
): (times: number) => number {
  const { techniques } = demand;
  if (techniques !== undefined && (changesTheStep(techniques) || techniques.disaggregation !== undefined)) {
    return () => 0;
  }
  const predictor = predictorOf(demand, load, method);
  if (predictor === null) return () => 0;
  const tokensPerSecond = MORE_WITH_FEWER * predictor.at(load.maxConcurrency).tokensPerSecond;
  const { peakRequestsPerSecond, outputTokens, fill } = demand;
  const unrounded = unroundedReplicas({
    peakRequestsPerSecond,
    outputTokens: outputTokens.mean,
    tokensPerSecond,
    fill,
  });
  const forLoad = (times: number) => wholeReplicas(times * unrounded);
  const { replicaUp } = withoutNodes(domainsOf(demand, load));
  // More replicas never take fewer spares.
  const spares = sparesFor(forLoad(1), replicaUp, demand.availability);
  return (times) => (spares === null ? Number.POSITIVE_INFINITY : (forLoad(times) + spares) * load.gpus);
}
