import type { Catalog } from '#lib/catalog/catalog';
import { sizeServing } from '#lib/sizing/size-serving';
import type { ServingDemand, ServingMisfit, ServingSizing } from '#lib/sizing/sizing';

/** Answers sizing questions: without measurements while searching, with them for what was chosen. */
export interface Sizer {
  search(demand: ServingDemand): ServingSizing | ServingMisfit;
  measured(demand: ServingDemand): ServingSizing | ServingMisfit;
}

/**
 * Sizes by the catalog's constants and remembers the answers: options of one scenario ask the same questions where
 * they offer the same accelerator. One for each comparison; it grows with the questions.
 */
export function rememberingSizer(catalog: Catalog): Sizer {
  const answers = new Map<string, ServingSizing | ServingMisfit>();
  const answer = (demand: ServingDemand, isMeasured: boolean) => {
    const key = JSON.stringify([
      isMeasured,
      { ...demand, model: demand.model.id, accelerator: demand.accelerator.id },
    ]);
    const known = answers.get(key);
    if (known !== undefined) return known;
    const found = sizeServing(demand, catalog.constants, isMeasured ? catalog.servingRows() : []);
    answers.set(key, found);
    return found;
  };
  return { search: (demand) => answer(demand, false), measured: (demand) => answer(demand, true) };
}
