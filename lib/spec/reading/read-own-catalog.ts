import { dirname, join } from 'node:path';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { isRelative } from '#lib/spec/reading/environment-files';
import type { Located } from '#lib/text/located';
import { NO_OWN_CATALOG, type NamedFile, type OwnCatalog } from '#lib/spec/schema/own-catalog';
import { shown, spot } from '#lib/text/place';

/** Of the document as written: what the schema will refuse is left to it. Throws for a path that leads nowhere from here. */
export function ownCatalogOf(root: Located): OwnCatalog {
  const node = below(root, 'catalog');
  if (node?.kind !== 'map') return NO_OWN_CATALOG;
  const models = below(node, 'models');
  return {
    models:
      models?.kind !== 'map'
        ? []
        : [...models.entries].flatMap(([id, { value }]) => {
            const config = namedFile(below(value, 'config'), './config.json');
            if (config === null) return [];
            const repository = below(value, 'repository');
            const named = repository?.kind === 'scalar' ? repository.value : undefined;
            return [{ id, repository: typeof named === 'string' ? named : null, ...config }];
          }),
    constants: namedFile(below(node, 'constants'), './constants.json'),
    prices: namedFile(below(node, 'prices'), './landfall.prices.json'),
  };
}

function below(node: Located, key: string): Located | undefined {
  return node.kind === 'map' ? node.entries.get(key)?.value : undefined;
}

function namedFile(node: Located | undefined, example: string): NamedFile | null {
  if (node?.kind !== 'scalar' || typeof node.value !== 'string' || node.value === '') return null;
  const { place, value } = node;
  const fault = (problem: Pick<Problem, 'expected' | 'fix'>) =>
    new LandfallError({ code: 'FILE_UNREADABLE', ...spot(place), got: shown(value), ...problem });
  if (!('source' in place)) {
    throw fault({
      expected: 'an environment file that paths start from',
      fix: 'lay it over the catalog before: loadCatalog, or write the environment to a file',
    });
  }
  if (!isRelative(value)) {
    throw fault({ expected: 'a path relative to this file', fix: `write it as ${example}` });
  }
  return { path: join(dirname(place.source.path), value), place };
}
