import type { ServingRow } from '#lib/catalog/benchmarks';
import type { Catalog } from '#lib/catalog/catalog';
import type { ServingDemand } from '#lib/sizing/sizing';

/** Measured runs of a model; of an accelerator that nothing was fitted on also what was measured on it. */
export function comparableRuns(
  { model, accelerator }: Pick<ServingDemand, 'model' | 'accelerator'>,
  catalog: Pick<Catalog, 'servingRows' | 'unfittedRows'>,
): readonly ServingRow[] {
  const fitted = catalog.servingRows(model.id);
  if (fitted.some(({ gpu }) => gpu === accelerator.id)) return fitted;
  return [...fitted, ...catalog.unfittedRows().filter((row) => row.model === model.id)];
}
