import type { Catalog } from '#lib/catalog/catalog';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { locate, type Located } from '#lib/text/located';
import { isEmpty, type OwnCatalog } from '#lib/spec/schema/own-catalog';
import { ownCatalogOf } from '#lib/spec/reading/read-own-catalog';
import { parseLocated } from '#lib/spec/reading/parse-environment';
import { spot } from '#lib/text/place';
import { asError } from '#lib/spec/problems/problems';
import { readDocument } from '#lib/spec/reading/read-environment';
import type { ReadEnvironment } from '#lib/spec/reading/read-environment';
import type { EnvironmentFiles } from '#lib/spec/reading/environment-files';
import { checkReferences } from '#lib/spec/references/references';

/** The catalog that an environment is planned with, by what it lays over the bundled one. */
export type CatalogFor = (own: OwnCatalog) => Catalog;

export interface LoadedEnvironment extends ReadEnvironment {
  readonly catalog: Catalog;
  /** What the file lays over the bundled catalog. */
  readonly own: OwnCatalog;
  /** What the files say, with the place of every value; defaults are not in it. */
  readonly root: Located;
}

/**
 * Reads an environment file with what it extends, and checks it against the schema and the catalog.
 *
 * @param catalog - As it is, for files that lay nothing over it, or made of what they do: `openEnvironment`
 * @throws LandfallError with all problems at once
 */
export function loadEnvironment(
  path: string,
  catalog: Catalog | CatalogFor,
  files?: EnvironmentFiles,
): LoadedEnvironment {
  const { root, sources, problems } = readDocument(path, files);
  const parsed = parseLocated(root);
  const places = new Set(parsed.problems.map((problem) => problem.at));
  const laid = attempted(() => {
    const own = ownCatalogOf(root);
    return { own, catalog: laidOver(own, catalog, root) };
  });
  const references =
    laid.made === undefined
      ? laid.problems
      : checkReferences(root, laid.made.catalog).filter((problem) => !places.has(problem.at));
  const error = asError([...problems, ...parsed.problems, ...references]);
  if (error !== undefined) throw error;
  if (parsed.environment === undefined || laid.made === undefined)
    throw new Error('an environment without problems was not parsed');
  return { environment: parsed.environment, sources, root, ...laid.made };
}

/** A catalog at hand knows nothing of the file's own models, calibration and prices: to leave them out in silence would plan something else. */
function laidOver(own: OwnCatalog, catalog: Catalog | CatalogFor, root: Located): Catalog {
  if (typeof catalog === 'function') return catalog(own);
  if (isEmpty(own)) return catalog;
  throw new LandfallError({
    code: 'CONFLICT',
    ...spot(locate(root, ['catalog']).key),
    got: 'an environment that lays files over the catalog, and a catalog without them',
    expected: 'one of both',
    fix: 'open it with openEnvironment',
  });
}

function attempted<Made>(act: () => Made): {
  readonly made: Made | undefined;
  readonly problems: readonly Problem[];
} {
  try {
    return { made: act(), problems: [] };
  } catch (error) {
    if (!(error instanceof LandfallError)) throw error;
    return { made: undefined, problems: error.problems };
  }
}
