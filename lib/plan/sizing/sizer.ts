import type { Catalog } from '#lib/catalog/catalog';
import { isInTwo, questions } from '#lib/plan/sizing/sizing-question';
import { coldStartSeconds } from '#lib/sizing/cold-start';
import { comparableRuns } from '#lib/sizing/comparable-runs';
import { leastGpus } from '#lib/sizing/least-gpus';
import type { SizingMethod } from '#lib/sizing/predictor';
import { sizeDemand } from '#lib/sizing/disaggregated';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';

/** Answers sizing questions: without measurements while searching, with them for what was chosen. */
export interface Sizer {
  /**
   * No fleet has fewer accelerators at so many times the peak; much quicker than the search, and infinite where no layout
   * holds the model.
   */
  leastGpus(demand: ServingDemand): (times: number) => number;
  search(demand: ServingDemand): ServingSizing | ServingMisfit;
  measured(demand: ServingDemand): ServingSizing | ServingMisfit;
}

/** Kinds of demands whose predictors are kept: those of one kind are bounded, searched and reported one after the other. */
const RECENT_KINDS = 256;

/**
 * Sizes by the catalog's constants and remembers the answers: options of one scenario ask the same questions where
 * they offer the same accelerator. One for each comparison; it grows with the questions.
 */
export function rememberingSizer(catalog: Catalog): Sizer {
  const questionOf = questions();
  const remembered = <Answer>(make: (demand: ServingDemand) => Answer) => {
    const answers = new Map<string, Answer>();
    return (demand: ServingDemand) => {
      const question = questionOf(demand);
      const known = answers.get(question);
      if (known !== undefined) return known;
      const found = make(demand);
      answers.set(question, found);
      return found;
    };
  };
  const methodOf = rememberingMethods(catalog);
  const searched = remembered((demand) => sizeDemand(demand, methodOf(demand), null));
  const measured = remembered((demand) => {
    const found = searched(demand);
    if (!found.fits) return found;
    // The layout is known by now: only its figures are wanted. Two fleets may have two layouts.
    const pinned =
      found.prompts === undefined ? { ...demand, tensorParallel: found.parallelism.tensor } : demand;
    return sizeDemand(pinned, methodOf(demand), comparableRuns(demand, catalog));
  });
  return {
    leastGpus: remembered((demand) => leastGpus(demand, methodOf(demand))),
    search: (demand) => startedAs(demand, searched(demand)),
    measured: (demand) => startedAs(demand, measured(demand)),
  };
}

/** What was found for a demand that may start in another time, on which nothing else depends. */
function startedAs(demand: ServingDemand, found: ServingSizing | ServingMisfit) {
  if (!found.fits || isInTwo(demand)) return found;
  const { storedWeightsGib, weightsGib, nodesPerReplica } = found;
  const seconds = coldStartSeconds(demand, { loadedGib: storedWeightsGib ?? weightsGib, nodesPerReplica });
  return seconds === found.coldStartSeconds ? found : { ...found, coldStartSeconds: seconds };
}

/** The method for a demand, with the predictors that were made for its like. The two fleets of one demand have one each. */
function rememberingMethods(catalog: Catalog): (demand: ServingDemand) => SizingMethod {
  const recent = new Map<string, SizingMethod>();
  return (demand) => {
    if (isInTwo(demand)) return catalog;
    const predicted = predictedOf(demand);
    let method = recent.get(predicted);
    if (method !== undefined) return method;
    const [oldest] = recent.size < RECENT_KINDS ? [] : recent.keys();
    if (oldest !== undefined) recent.delete(oldest);
    // Field by field: to copy a catalog reads all of its tables.
    const { constants, kernelConstants, kernelTable, corrections } = catalog;

    method = { constants, kernelConstants, kernelTable, corrections, predictors: new Map() };
    recent.set(predicted, method);
    return method;
  };
}

/**
 * What predictions of a demand rest on beside the layout: memory, load and objectives decide which layout it is, and at
 * which concurrency, and not how fast that is.
 */
function predictedOf(demand: ServingDemand): string {
  const { model, accelerator, precision, kvPrecision, calibration, cachedShare, techniques } = demand;
  const [input, output] = [demand.inputTokens.mean, demand.outputTokens.mean];
  const kind = `${model.id} ${accelerator.id} ${precision} ${kvPrecision} ${calibration} ${input} ${output} ${cachedShare}`;
  return techniques === undefined ? kind : `${kind} ${JSON.stringify(techniques)}`;
}
