import type { Catalog } from '#lib/catalog/catalog';
import { heldLoads } from '#lib/sizing/candidate';
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

/** Kinds of work whose predictors are kept: demands of one kind are bounded, searched and reported one after the other. */
const RECENT_KINDS = 256;

/**
 * Sizes by the catalog's constants and remembers the answers: options of one scenario ask the same questions where
 * they offer the same accelerator. One for each comparison; it grows with the questions.
 */
export function rememberingSizer(catalog: Catalog): Sizer {
  // One demand is asked about up to four times, and its question takes as long as a prediction. A question has a thousand
  // characters, of which all but a few say what work it is: those are kept once.
  const questions = new WeakMap<ServingDemand, Question>();
  const works = new Map<string, number>();
  const asked = (demand: ServingDemand) => {
    let question = questions.get(demand);
    if (question === undefined) {
      const text = workOf(demand);
      const work = works.get(text) ?? works.size;
      works.set(text, work);
      questions.set(demand, (question = { work, key: `${work} ${loadOf(demand)}` }));
    }
    return question;
  };
  const remembered = <Answer>(make: (demand: ServingDemand, work: number) => Answer) => {
    const answers = new Map<string, Answer>();
    return (demand: ServingDemand) => {
      const { key, work } = asked(demand);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const found = make(demand, work);
      answers.set(key, found);
      return found;
    };
  };
  const methodOf = rememberingMethods(catalog);
  const search = remembered((demand, work) => sizeDemand(demand, methodOf(demand, work), null));
  return {
    leastGpus: remembered((demand, work) => leastGpus(demand, methodOf(demand, work))),
    search,
    measured: remembered((demand, work) => {
      const found = search(demand);
      if (!found.fits) return found;
      // The layout is known by now: only its figures are wanted. Two fleets may have two layouts.
      const pinned =
        found.prompts === undefined ? { ...demand, tensorParallel: found.parallelism.tensor } : demand;
      return sizeDemand(pinned, methodOf(demand, work), catalog.servingRows(demand.model.id));
    }),
  };
}

interface Question {
  /** What one replica does at a concurrency is the same where this is. */
  readonly work: number;
  /** All that is asked. */
  readonly key: string;
}

/** What no prediction of one replica asks for. */
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

/** What a replica is asked to do. Limits on layouts only matter where a layout breaks them, or where none holds the model. */
function workOf(demand: ServingDemand): string {
  const asked = { ...demand, ...WITHOUT_LOAD, model: demand.model.id, accelerator: demand.accelerator.id };
  if (demand.techniques?.disaggregation !== undefined) return JSON.stringify(asked);
  const layouts = heldLoads(demand).map(({ shape }) => shape);
  if (layouts.length === 0) return JSON.stringify(asked);
  const limits = {
    mostNodesPerReplica: undefined,
    attentionData: undefined,
    mostGroupedGpus: undefined,
    mixturesTakeNodes: undefined,
    // What lies between nodes matters to steps that cross them.
    ...(layouts.some(({ stageNodes = 1 }) => stageNodes > 1) ? {} : { fabric: undefined }),
  };
  return JSON.stringify({ ...asked, ...limits, layouts });
}

/** The method for a demand, with the predictors that were made for its work. The two fleets of one demand have one each. */
function rememberingMethods(catalog: Catalog): (demand: ServingDemand, work: number) => SizingMethod {
  const recent = new Map<number, SizingMethod>();
  return (demand, work) => {
    if (demand.techniques?.disaggregation !== undefined) return catalog;
    let method = recent.get(work);
    if (method !== undefined) return method;
    const [oldest] = recent.size < RECENT_KINDS ? [] : recent.keys();
    if (oldest !== undefined) recent.delete(oldest);
    // Field by field: to copy a catalog reads all of its tables.
    const { constants, kernelConstants, kernelTable, corrections } = catalog;

    method = { constants, kernelConstants, kernelTable, corrections, predictors: new Map() };
    recent.set(work, method);
    return method;
  };
}
