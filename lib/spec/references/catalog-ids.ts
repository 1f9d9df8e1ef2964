import type { Catalog } from '#lib/catalog/catalog';
import type { ModelKind } from '#lib/catalog/models';
import type { ErrorCode } from '#lib/errors/codes';
import type { CatalogKind } from '#lib/spec/schema/field';

/** What to say of an id that its table lacks. */
export const UNKNOWN_ID: Readonly<
  Record<CatalogKind, { readonly code: ErrorCode; readonly expected: string }>
> = {
  models: { code: 'UNKNOWN_MODEL', expected: 'a language model of the catalog (`landfall catalog models`)' },
  'embedding-models': { code: 'UNKNOWN_MODEL', expected: 'an embedding model of the catalog' },
  rerankers: { code: 'UNKNOWN_MODEL', expected: 'a reranker of the catalog' },
  accelerators: { code: 'UNKNOWN_GPU', expected: 'an accelerator of the catalog (`landfall catalog gpus`)' },
  instances: { code: 'UNKNOWN_INSTANCE', expected: 'an instance type of the catalog' },
  servers: { code: 'NOT_A_CHOICE', expected: 'a server of the catalog' },
  regions: { code: 'UNKNOWN_REGION', expected: 'a region in which this target has prices' },
};

const TABLES: Readonly<Record<Exclude<CatalogKind, 'regions'>, (catalog: Catalog) => string[]>> = {
  models: (catalog) => modelsOf(catalog, 'llm'),
  'embedding-models': (catalog) => modelsOf(catalog, 'embedding'),
  rerankers: (catalog) => modelsOf(catalog, 'reranker'),
  accelerators: (catalog) => [...catalog.accelerators.keys()],
  instances: (catalog) =>
    [...catalog.instances.values()].flatMap(({ id, sagemaker }) =>
      sagemaker === null ? [id] : [id, sagemaker],
    ),
  servers: (catalog) => [...catalog.servers.keys()],
};

/** Ids of a table; regions belong to targets and are not here. */
export function idsOf(kind: Exclude<CatalogKind, 'regions'>, catalog: Catalog): readonly string[] {
  return TABLES[kind](catalog);
}

function modelsOf(catalog: Catalog, kind: ModelKind): string[] {
  return [...catalog.models.values()].filter((model) => model.kind === kind).map((model) => model.id);
}
