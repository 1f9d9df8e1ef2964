import type { Catalog } from '#lib/catalog/catalog';
import { heldLoads, holdsAs } from '#lib/sizing/candidate';
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
  // One demand is asked about up to four times, and its question takes as long as a prediction. A question has a thousand
  // characters, of which all but a few say what work it is: those are kept once.
  const questions = new WeakMap<ServingDemand, string>();
  const workOf = rememberedWorks();
  const asked = (demand: ServingDemand) => {
    let question = questions.get(demand);
    if (question === undefined) {
      questions.set(demand, (question = `${workOf(demand)} ${loadOf(demand)}`));
    }
    return question;
  };
  const remembered = <Answer>(make: (demand: ServingDemand) => Answer) => {
    const answers = new Map<string, Answer>();
    return (demand: ServingDemand) => {
      const question = asked(demand);
      const known = answers.get(question);
      if (known !== undefined) return known;
      const found = make(demand);
      answers.set(question, found);
      return found;
    };
  };
  const methodOf = rememberingMethods(catalog);
  const search = remembered((demand) => sizeDemand(demand, methodOf(demand), null));
  return {
    leastGpus: remembered((demand) => leastGpus(demand, methodOf(demand))),
    search,
    measured: remembered((demand) => {
      const found = search(demand);
      if (!found.fits) return found;
      // The layout is known by now: only its figures are wanted. Two fleets may have two layouts.
      const pinned =
        found.prompts === undefined ? { ...demand, tensorParallel: found.parallelism.tensor } : demand;
      return sizeDemand(pinned, methodOf(demand), catalog.servingRows(demand.model.id));
    }),
  };
}

/** What neither the memory of a replica nor a prediction of it asks for. */
const LOAD = [
  'peakRequestsPerSecond',
  'meanRequestsPerSecond',
  'burstiness',
  'ttftMs',
  'tpotMs',
  'percentile',
  'availability',
  'fill',
  'replica',
  'coldStart',
] as const satisfies readonly (keyof ServingDemand)[];
const WITHOUT_LOAD = Object.fromEntries(LOAD.map((field) => [field, undefined]));

/** How much of a work is asked for, and what for. */
function loadOf(demand: ServingDemand): string {
  return JSON.stringify(LOAD.map((field) => demand[field]));
}

/** Numbers of what replicas are asked to do. */
function rememberedWorks(): (demand: ServingDemand) => number {
  // To find the layouts that hold a demand takes as long as all else of its question: those of the same words have the same.
  const said = new Map<string, { readonly demand: ServingDemand; readonly work: number }>();
  const works = new Map<string, number>();
  return (demand) => {
    const words = JSON.stringify(wordsOf(demand));
    const same = said.get(words);
    if (same !== undefined) {
      holdsAs(demand, same.demand);
      return same.work;
    }
    const text = workOf(demand);
    const work = works.get(text) ?? works.size;
    works.set(text, work);
    said.set(words, { demand, work });
    return work;
  };
}

function wordsOf(demand: ServingDemand) {
  return { ...demand, ...WITHOUT_LOAD, model: demand.model.id, accelerator: demand.accelerator.id };
}

/**
 * What a replica is asked to do. Limits on layouts only matter where a layout breaks them, or where none holds the model;
 * those on nodes matter to longer pipelines too, which are looked at last.
 */
function workOf(demand: ServingDemand): string {
  const asked = wordsOf(demand);
  if (demand.techniques?.disaggregation !== undefined) return JSON.stringify(asked);
  const layouts = heldLoads(demand).map(({ shape }) => shape);
  if (layouts.length === 0) return JSON.stringify(asked);
  const limits = {
    ...(demand.model.mla === null ? { attentionData: undefined, mostGroupedGpus: undefined } : {}),
    mixturesTakeNodes: undefined,
    // What lies between nodes matters to steps that cross them.
    ...(layouts.some(({ stageNodes = 1 }) => stageNodes > 1) ? {} : { fabric: undefined }),
  };
  return JSON.stringify({ ...asked, ...limits, layouts });
}

/** The method for a demand, with the predictors that were made for its like. The two fleets of one demand have one each. */
function rememberingMethods(catalog: Catalog): (demand: ServingDemand) => SizingMethod {
  const recent = new Map<string, SizingMethod>();
  return (demand) => {
    if (demand.techniques?.disaggregation !== undefined) return catalog;
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
