import { dirname, join } from 'node:path';
import * as z from 'zod';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { isRelative } from '#lib/spec/environment-files';
import { field } from '#lib/spec/field';
import type { Located } from '#lib/spec/located';
import { shown, spot, type Place } from '#lib/spec/place';

/** Ids of models as the catalog has them; they become names of served models and labels. */
const ModelId = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]{0,62}[a-z0-9])?$/, 'lower-case letters, digits, dots and dashes, at most 64');

const path = z.string().min(1);

const OwnModel = z.strictObject({
  config: field(path, {
    description: 'Its config.json, relative to this file; a tokenizer_config.json beside it is read too',
    unit: 'path',
    example: './models/support-tuned/config.json',
  }),
  repository: field(
    z
      .string()
      .regex(/^[A-Za-z0-9][\w.-]*\/[A-Za-z0-9][\w.-]*$/, 'owner/name')
      .optional(),
    {
      description:
        'Repository that its weights are loaded from; without one they are expected on a mounted volume, at /models/<id>',
      unit: 'owner/name',
      example: 'acme/support-tuned',
    },
  ),
});

/** What an environment lays over the bundled catalog, so that every command and every pipeline plans with the same. */
export const OwnCatalogFields = z.strictObject({
  models: field(z.record(ModelId, OwnModel).default({}), {
    description: 'Models of your own, by the id that scenarios name them by',
    unit: 'object',
    example: { 'support-tuned': { config: './models/support-tuned/config.json' } },
  }),
  constants: field(path.optional(), {
    description: 'Own calibration of the sizing, from `landfall sizing calibrate`; relative to this file',
    unit: 'path',
    example: './constants.json',
  }),
  prices: field(path.optional(), {
    description:
      'Prices that hold still: a file of `landfall catalog pin`, or a folder of refreshed ones; relative to this file',
    unit: 'path',
    example: './landfall.prices.json',
  }),
});

/** A file that an environment names, found from where it is named. */
export interface NamedFile {
  readonly path: string;
  readonly place: Place;
}

/** The files that an environment lays over the catalog. */
export interface OwnCatalog {
  readonly models: readonly (NamedFile & { readonly id: string; readonly repository: string | null })[];
  readonly constants: NamedFile | null;
  readonly prices: NamedFile | null;
}

/** Of a file that lays nothing over the catalog. */
export const NO_OWN_CATALOG: OwnCatalog = { models: [], constants: null, prices: null };

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

export function isEmpty({ models, constants, prices }: OwnCatalog): boolean {
  return models.length === 0 && constants === null && prices === null;
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
