import type { Flags } from '#bin/command';
import { layersOf, statedFiles } from '#bin/input/stated-files';
import type { Catalog } from '#lib/catalog/catalog';
import { layOver } from '#lib/own-catalog/lay-over';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import type { LoadedEnvironment } from '#lib/spec/load-environment';
import { NO_OWN_CATALOG } from '#lib/spec/schema/own-catalog';

/**
 * The bundled catalog, with what a command line lays over it: refreshed or pinned prices (`--prices`, the cache), a model
 * by its configuration (`--model-config`) and a calibration of the sizing (`--constants`).
 */
export function sizedCatalog(flags: Flags): Catalog {
  return layOver(NO_OWN_CATALOG, layersOf(statedFiles(flags)));
}

/** An environment with that catalog; what the file itself lays over it counts where the command line is silent. */
export function openedEnvironment(path: string, flags: Flags): LoadedEnvironment {
  return openEnvironment(path, layersOf(statedFiles(flags)));
}
