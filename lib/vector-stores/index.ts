import { registry } from '#lib/registry/registry';
import { auroraPgvector } from '#lib/vector-stores/aurora-pgvector';
import { cloudnativePg } from '#lib/vector-stores/cloudnative-pg';
import { milvus } from '#lib/vector-stores/milvus';
import { openSearchDomain } from '#lib/vector-stores/opensearch-domain';
import { openSearchServerless } from '#lib/vector-stores/opensearch-serverless';
import { qdrant } from '#lib/vector-stores/qdrant';
import { s3Vectors } from '#lib/vector-stores/s3-vectors';
import { weaviate } from '#lib/vector-stores/weaviate';

export const vectorStores = registry('store', [
  openSearchServerless,
  s3Vectors,
  auroraPgvector,
  openSearchDomain,
  qdrant,
  milvus,
  cloudnativePg,
  weaviate,
]);

export type VectorStoreId = (typeof vectorStores.ids)[number];
