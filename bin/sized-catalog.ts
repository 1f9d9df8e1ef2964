import { textOf, type Flags } from '#bin/command';
import { importedModel } from '#bin/imported-model';
import { readTextFile } from '#bin/read-text-file';
import { MAXIMUM_CONSTANTS_BYTES, withConstants } from '#lib/calibration/constants-file';
import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';

/**
 * The bundled catalog, with what a user brings laid over it: refreshed or pinned prices (`--prices`, the cache), a model
 * by its configuration (`--model-config`) and a calibration of the sizing (`--constants`).
 */
export function sizedCatalog(flags: Flags): Catalog {
  const catalog = loadCatalog({ prices: textOf(flags, 'prices') });
  return withFile(withModel(catalog, textOf(flags, 'modelConfig')), textOf(flags, 'constants'));
}

function withModel(catalog: Catalog, named: string | undefined): Catalog {
  if (named === undefined) return catalog;
  const model = importedModel(named);
  return { ...catalog, models: new Map([...catalog.models, [model.id, model]]) };
}

function withFile(catalog: Catalog, file: string | undefined): Catalog {
  if (file === undefined) return catalog;
  const text = readTextFile(file, 'a file of `landfall sizing calibrate`', MAXIMUM_CONSTANTS_BYTES);
  return withConstants(catalog, text, file);
}
