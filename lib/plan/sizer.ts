import type { Catalog } from '#lib/catalog/catalog';
import { leastGpus } from '#lib/sizing/least-gpus';
import { loosened, rooflineAlone } from '#lib/sizing/roofline-alone';
import { sizeDemand } from '#lib/sizing/disaggregated';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';

/** Answers sizing questions: without measurements while searching, with them for what was chosen. */
export interface Sizer {
  /** By the roofline alone, at objectives a half looser: a hopeful and quick answer, to rank candidates by. */
  rough(demand: ServingDemand): ServingSizing | ServingMisfit;
  /** No fleet has fewer accelerators; much quicker than the search, and infinite where no layout holds the model. */
  leastGpus(demand: ServingDemand): number;
  search(demand: ServingDemand): ServingSizing | ServingMisfit;
  measured(demand: ServingDemand): ServingSizing | ServingMisfit;
}

/**
 * Sizes by the catalog's constants and remembers the answers: options of one scenario ask the same questions where
 * they offer the same accelerator. One for each comparison; it grows with the questions.
 */
export function rememberingSizer(catalog: Catalog): Sizer {
  const remembered = <Answer>(make: (demand: ServingDemand) => Answer) => {
    const answers = new Map<string, Answer>();
    return (demand: ServingDemand) => {
      const key = JSON.stringify({ ...demand, model: demand.model.id, accelerator: demand.accelerator.id });
      const known = answers.get(key);
      if (known !== undefined) return known;
      const found = make(demand);
      answers.set(key, found);
      return found;
    };
  };
  const roofline = rooflineAlone(catalog);
  const search = remembered((demand) => sizeDemand(demand, catalog, null));
  return {
    rough: remembered((demand) => sizeDemand(loosened(demand), roofline, null)),
    leastGpus: remembered((demand) => leastGpus(demand, catalog)),
    search,
    measured: remembered((demand) => {
      const found = search(demand);
      if (!found.fits) return found;
      // The layout is known by now: only its figures are wanted. Two fleets may have two layouts.
      const pinned =
        found.prompts === undefined ? { ...demand, tensorParallel: found.parallelism.tensor } : demand;
      return sizeDemand(pinned, catalog, catalog.servingRows(demand.model.id));
    }),
  };
}
