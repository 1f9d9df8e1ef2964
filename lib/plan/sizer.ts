import type { Catalog } from '#lib/catalog/catalog';
import { heldLoads } from '#lib/sizing/candidate';
import { leastGpus } from '#lib/sizing/least-gpus';
import { loosened, rooflineAlone } from '#lib/sizing/roofline-alone';
import type { SizingMethod } from '#lib/sizing/predictor';
import { sizeDemand } from '#lib/sizing/disaggregated';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';

/** Answers sizing questions: without measurements while searching, with them for what was chosen. */
export interface Sizer {
  /** By the roofline alone, at objectives a half looser: a hopeful and quick answer, to rank candidates by. */
  rough(demand: ServingDemand): ServingSizing | ServingMisfit;
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
  // One demand is asked about up to four times, and its key takes as long as a prediction.
  const questions = new WeakMap<ServingDemand, Question>();
  const asked = (demand: ServingDemand) => {
    let question = questions.get(demand);
    if (question === undefined) questions.set(demand, (question = questionOf(demand)));
    return question;
  };
  const remembered = <Answer>(make: (demand: ServingDemand, question: Question) => Answer) => {
    const answers = new Map<string, Answer>();
    return (demand: ServingDemand) => {
      const question = asked(demand);
      const key = `${question.work}${question.load}`;
      const known = answers.get(key);
      if (known !== undefined) return known;
      const found = make(demand, question);
      answers.set(key, found);
      return found;
    };
  };
  const methodOf = rememberingMethods(catalog);
  const search = remembered((demand, { work }) => sizeDemand(demand, methodOf(demand, work), null));
  return {
    rough: remembered((demand, { work }) =>
      sizeDemand(loosened(demand), rooflineAlone(methodOf(demand, work)), null),
    ),
    leastGpus: remembered((demand, { work }) => leastGpus(demand, methodOf(demand, work))),
    search,
    measured: remembered((demand, { work }) => {
      const found = search(demand);
      if (!found.fits) return found;
      // The layout is known by now: only its figures are wanted. Two fleets may have two layouts.
      const pinned =
        found.prompts === undefined ? { ...demand, tensorParallel: found.parallelism.tensor } : demand;
      return sizeDemand(pinned, methodOf(demand, work), catalog.servingRows(demand.model.id));
    }),
  };
}

/** What a demand asks, in two parts. */
interface Question {
  /** What one replica does at a concurrency. */
  readonly work: string;
  /** How much of it, and what for. */
  readonly load: string;
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

function questionOf(demand: ServingDemand): Question {
  return { work: workOf(demand), load: JSON.stringify(LOAD.map((field) => demand[field])) };
}

/** Limits on layouts only matter where a layout breaks them, or where none holds the model. */
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
function rememberingMethods(catalog: Catalog): (demand: ServingDemand, work: string) => SizingMethod {
  const recent = new Map<string, SizingMethod>();
  return (demand, work) => {
    if (demand.techniques?.disaggregation !== undefined) return catalog;
    let method = recent.get(work);
    if (method !== undefined) return method;
    const [oldest] = recent.size < RECENT_KINDS ? [] : recent.keys();
    if (oldest !== undefined) recent.delete(oldest);
    // Field by field: to copy a catalog reads all of its tables.
    const { constants, kernelConstants, kernelTable, corrections } = catalog;
    const roofline = { ...rooflineAlone(catalog), predictors: new Map() };
    method = { constants, kernelConstants, kernelTable, corrections, predictors: new Map(), roofline };
    recent.set(work, method);
    return method;
  };
}
