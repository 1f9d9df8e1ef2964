import { dirname, join } from 'node:path';
import type { Catalog, LaidOver } from '#lib/catalog/catalog';
import { loadCatalog } from '#lib/catalog/load';
import type { Model } from '#lib/catalog/models';
import { readPriceLayers, type PriceFiles } from '#lib/catalog/price-files';
import { MAXIMUM_CONSTANTS_BYTES, withConstants } from '#lib/calibration/constants-file';
import { LandfallError } from '#lib/errors/landfall-error';
import { modelFromFiles } from '#lib/model-import/model-files';
import { DISK, readText, type EnvironmentFiles } from '#lib/spec/reading/environment-files';
import type { NamedFile, OwnCatalog } from '#lib/spec/schema/own-catalog';
import { spot } from '#lib/text/place';

/** What a caller lays over the catalog himself; his words go before the file's. */
export interface StatedLayers {
  /** A pin, or a folder of refreshed prices. @default - what the environment names */
  readonly prices?: string | undefined;
  /** The same where neither the caller nor the environment names any: a cache. @default - bundled prices alone */
  readonly usualPrices?: string | undefined;
  /** Models beside the environment's. @default - none */
  readonly models?: readonly Model[];
  /** A calibration instead of the environment's. @default - what the environment names */
  readonly constants?: { readonly path: string; readonly text: string } | undefined;
}

/**
 * The bundled catalog with an environment's own models, calibration and prices over it.
 *
 * @throws LandfallError at the place in the environment that names a file which is not there, or inside a file that is wrong
 */
export function layOver(own: OwnCatalog, stated: StatedLayers = {}, files: EnvironmentFiles = DISK): Catalog {
  const beside = stated.models ?? [];
  const catalog = withModels(withPrices(own, stated, files), own, beside, files);
  const constants = stated.constants ?? constantsOf(own, files);
  const laidOver: LaidOver = {
    models: [...own.models, ...beside].map(({ id }) => id),
    calibration: constants?.path ?? null,
    prices: stated.prices ?? own.prices?.path ?? (stated.usualPrices === undefined ? null : 'cache'),
  };
  const isBundled = laidOver.models.length === 0 && laidOver.calibration === null && laidOver.prices === null;
  const named = isBundled ? catalog : { ...catalog, laidOver };
  return constants === undefined ? named : withConstants(named, constants.text, constants.path);
}

function withPrices({ prices }: OwnCatalog, stated: StatedLayers, files: EnvironmentFiles): Catalog {
  if (stated.prices !== undefined) return loadCatalog({ prices: stated.prices });
  if (prices === null) return loadCatalog({ prices: stated.usualPrices });
  try {
    const { path } = prices;
    const elsewhere = priceFilesOf(files);
    return loadCatalog({ prices: elsewhere === undefined ? path : readPriceLayers(path, elsewhere) });
  } catch (error) {
    if (!(error instanceof LandfallError) || error.problems[0]?.at !== prices.path) throw error;
    throw new LandfallError({
      code: 'FILE_UNREADABLE',
      ...spot(prices.place),
      got: `nothing at ${prices.path}`,
      expected: 'a file of `landfall catalog pin`, or a folder of `landfall catalog refresh`',
      fix: 'check the path and its spelling',
    });
  }
}

/** `undefined` for files of the disk. */
function priceFilesOf(files: EnvironmentFiles): PriceFiles | undefined {
  if (files.list === undefined) return undefined;
  const filesBelow = (folder: string) => files.list?.(folder);
  return {
    kind: (path) =>
      files.size(path) !== undefined ? 'file' : filesBelow(path) === undefined ? undefined : 'folder',
    list: (folder) => filesBelow(folder) ?? [],
    text: (path) => new TextDecoder('utf-8').decode(files.read(path)),
  };
}

function withModels(
  catalog: Catalog,
  { models }: OwnCatalog,
  stated: readonly Model[],
  files: EnvironmentFiles,
): Catalog {
  const own = models.map((named): Model => {
    if (catalog.models.has(named.id)) {
      throw new LandfallError({
        code: 'CONFLICT',
        ...spot(named.place),
        got: `a model called ${named.id}, as one of the catalog is`,
        expected: 'an id of its own: what was measured of the other would count for it',
        fix: `call it my-${named.id}`,
      });
    }
    return { ...readModel(named.id, named, files), repository: named.repository };
  });
  const all = [...own, ...stated];
  if (all.length === 0) return catalog;
  return {
    ...catalog,
    models: new Map([...catalog.models, ...all.map((model) => [model.id, model] as const)]),
  };
}

function readModel(id: string, { path, place }: NamedFile, files: EnvironmentFiles): Model {
  return modelFromFiles(id, path, join(dirname(path), 'tokenizer_config.json'), {
    has: (file) => files.size(file) !== undefined,
    read: (file, what, maximumBytes) =>
      readText(file, files, {
        what,
        maximumBytes,
        missing: 'FILE_UNREADABLE',
        tooLarge: 'is this the right file? configurations are small',
        at: spot(place),
      }),
  });
}

function constantsOf({ constants }: OwnCatalog, files: EnvironmentFiles) {
  if (constants === null) return undefined;
  const text = readText(constants.path, files, {
    what: 'a file of `landfall sizing calibrate`',
    maximumBytes: MAXIMUM_CONSTANTS_BYTES,
    missing: 'FILE_UNREADABLE',
    tooLarge: 'calibrate by fewer runs',
    at: spot(constants.place),
  });
  return { path: constants.path, text };
}
