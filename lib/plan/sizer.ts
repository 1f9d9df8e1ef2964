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

/** Demands whose predictors are kept: one is bounded, searched and reported one after the other. */
const RECENT_DEMANDS = 64;

/**
 * Sizes by the catalog's constants and remembers the answers: options of one scenario ask the same questions where
 * they offer the same accelerator. One for each comparison; it grows with the questions.
 */
export function rememberingSizer(catalog: Catalog): Sizer {
  // One demand is asked about up to four times, and its key takes as long as a prediction.
  const keys = new WeakMap<ServingDemand, string>();
  const keyOf = (demand: ServingDemand) => {
    let key = keys.get(demand);
    if (key === undefined) keys.set(demand, (key = questionOf(demand)));
    return key;
  };
  const remembered = <Answer>(make: (demand: ServingDemand, key: string) => Answer) => {
    const answers = new Map<string, Answer>();
    return (demand: ServingDemand) => {
      const key = keyOf(demand);
      const known = answers.get(key);
      if (known !== undefined) return known;
      const found = make(demand, key);
      answers.set(key, found);
      return found;
    };
  };
  const roofline = rooflineAlone(catalog);
  const methodOf = rememberingMethods(catalog);
  const search = remembered((demand, key) => sizeDemand(demand, methodOf(demand, key), null));
  return {
    rough: remembered((demand) => sizeDemand(loosened(demand), roofline, null)),
    leastGpus: remembered((demand, key) => leastGpus(demand, methodOf(demand, key))),
    search,
    measured: remembered((demand, key) => {
      const found = search(demand);
      if (!found.fits) return found;
      // The layout is known by now: only its figures are wanted. Two fleets may have two layouts.
      const pinned =
        found.prompts === undefined ? { ...demand, tensorParallel: found.parallelism.tensor } : demand;
      return sizeDemand(pinned, methodOf(demand, key), catalog.servingRows(demand.model.id));
    }),
  };
}

/** What a demand asks. Limits on layouts only matter where a layout breaks them, or where none holds the model. */
function questionOf(demand: ServingDemand): string {
  const asked = { ...demand, model: demand.model.id, accelerator: demand.accelerator.id };
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

/** The method for a demand, with the predictors that were made for it. The two fleets of one demand have one each. */
function rememberingMethods(catalog: Catalog): (demand: ServingDemand, key: string) => SizingMethod {
  const recent = new Map<string, SizingMethod>();
  return (demand, key) => {
    if (demand.techniques?.disaggregation !== undefined) return catalog;
    let method = recent.get(key);
    if (method !== undefined) return method;
    const [oldest] = recent.size < RECENT_DEMANDS ? [] : recent.keys();
    if (oldest !== undefined) recent.delete(oldest);
    // Field by field: to copy a catalog reads all of its tables.
    const { constants, kernelConstants, kernelTable, corrections } = catalog;
    method = { constants, kernelConstants, kernelTable, corrections, predictors: new Map() };
    recent.set(key, method);
    return method;
  };
}
