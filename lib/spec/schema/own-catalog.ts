import * as z from 'zod';
import { field } from '#lib/spec/schema/field';
import type { Place } from '#lib/text/place';

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

export function isEmpty({ models, constants, prices }: OwnCatalog): boolean {
  return models.length === 0 && constants === null && prices === null;
}
