export { BedrockAccess } from '#constructs/aws/bedrock-access';
export { contentGuardrail } from '#constructs/aws/content-guardrail';
export { InferenceEndpoint } from '#constructs/aws/inference-endpoint';
export { Network } from '#constructs/aws/network';
export { AuroraPgvectorStore } from '#constructs/aws/vector-stores/aurora-pgvector';
export { OpenSearchDomainStore } from '#constructs/aws/vector-stores/opensearch-domain';
export { OpenSearchServerlessStore } from '#constructs/aws/vector-stores/opensearch-serverless';
export { S3VectorsStore } from '#constructs/aws/vector-stores/s3-vectors';
