import { textOf, type Flags } from '#bin/command';
import { readTextFile } from '#bin/read-text-file';
import { MAXIMUM_CONSTANTS_BYTES, readConstants } from '#lib/calibration/constants-file';
import type { Catalog } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';

/** The bundled catalog, with a user's own calibration laid over it where `--constants` names one. */
export function sizedCatalog(flags: Flags): Catalog {
  const catalog = loadCatalog();
  const file = textOf(flags, 'constants');
  if (file === undefined) return catalog;
  const text = readTextFile(file, 'a file of `landfall sizing calibrate`', MAXIMUM_CONSTANTS_BYTES);
  const { corrections } = readConstants(text, file);
  return { ...catalog, corrections: () => [...catalog.corrections(), corrections] };
}
