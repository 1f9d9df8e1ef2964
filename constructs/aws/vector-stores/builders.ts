import { AuroraPgvectorStore } from '#constructs/aws/vector-stores/aurora-pgvector';
import { OpenSearchDomainStore } from '#constructs/aws/vector-stores/opensearch-domain';
import { OpenSearchServerlessStore } from '#constructs/aws/vector-stores/opensearch-serverless';
import { S3VectorsStore } from '#constructs/aws/vector-stores/s3-vectors';
import type { StoreBuilder } from '#constructs/aws/vector-stores/store-slice';

/** Construct of every store that AWS runs, by its id in the registry. */
export const STORE_BUILDERS = {
  'opensearch-serverless': (scope, id, slice) => new OpenSearchServerlessStore(scope, id, slice),
  's3-vectors': (scope, id, slice) => new S3VectorsStore(scope, id, slice),
  'aurora-pgvector': (scope, id, slice) => new AuroraPgvectorStore(scope, id, slice),
  'opensearch-domain': (scope, id, slice) => new OpenSearchDomainStore(scope, id, slice),
} satisfies Record<string, StoreBuilder>;

export function storeBuilder(store: string): StoreBuilder | undefined {
  return new Map<string, StoreBuilder>(Object.entries(STORE_BUILDERS)).get(store);
}
