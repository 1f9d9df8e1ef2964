/** Which measured product each vector store of the toolkit is; a store that is missing here has no rows. */
const FAMILIES: ReadonlyMap<string, string> = new Map([
  ['opensearch-domain', 'OpenSearch'],
  ['qdrant', 'QdrantCloud'],
  ['milvus', 'Milvus'],
  ['s3-vectors', 'S3Vectors'],
]);

/** Name in the measured rows of a store, given by its id or by that name itself. */
export function familyOf(store: string): string {
  return FAMILIES.get(store) ?? store;
}

/** Every name under which a store may be asked for. */
export const FAMILY_NAMES: readonly string[] = [...FAMILIES.keys(), ...FAMILIES.values()];
