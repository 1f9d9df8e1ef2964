import { change, type SingleChange } from './single-change';

const CORPUS = 'scenarios.answers.retrieval';

/** Single changes of a vector store, and of what it holds. */
export const STORE_CHANGES: readonly SingleChange[] = [
  change(
    ['knowledge', 'bedrock'],
    'options.bedrock.store',
    { store: 'opensearch-serverless' },
    ['data-loss', 'rebuild-index'],
    'another store',
  ),
  change(
    ['knowledge', 'eks'],
    'options.eks.store',
    { store: 'qdrant' },
    ['data-loss', 'rebuild-index'],
    'another store',
  ),
  change(
    ['knowledge', 'leased'],
    `${CORPUS}.embeddingModel`,
    'multilingual-e5-large',
    ['rebuild-index'],
    'vectors of another model',
    {
      given: [
        [`${CORPUS}.embedding.alternatives`, []],
        [`${CORPUS}.chunkTokens`, 300],
      ],
    },
  ),
  change(['knowledge', 'bedrock'], `${CORPUS}.dimensions`, 512, ['rebuild-index'], 'shorter vectors', {
    given: [
      [`${CORPUS}.embeddingModel`, 'titan-embed-text-v2'],
      [`${CORPUS}.embedding.alternatives`, []],
    ],
  }),
  change(['knowledge', 'colo'], 'options.colo.store.m', 32, ['rebuild-index'], 'links of the graph'),
  change(
    ['knowledge', 'eks'],
    'options.eks.store.encoding',
    'halfvec',
    ['rebuild-index'],
    'another type of column',
  ),
  change(
    ['knowledge', 'bedrock'],
    'options.bedrock.store.distance',
    'euclidean',
    ['rebuild-index'],
    'AWS::S3Vectors::Index DistanceMetric: replacement',
  ),
  change(
    ['knowledge', 'eks'],
    'options.eks.store.minCapacityUnits',
    60,
    ['in-place'],
    'ServerlessV2ScalingConfiguration: no interruption',
  ),
  change(
    ['knowledge', 'sagemaker'],
    'options.sagemaker.store.minCapacityUnits',
    60,
    ['in-place'],
    'capacity of a collection group',
  ),
  change(
    ['knowledge', 'leased'],
    `${CORPUS}.payloadBytes`,
    6_000,
    ['downtime', 'replace'],
    'claims of a StatefulSet are immutable',
  ),
  change(
    ['knowledge', 'self-built'],
    `${CORPUS}.payloadBytes`,
    6_000,
    ['in-place'],
    'the operator enlarges volumes',
  ),
  change(
    ['knowledge', 'self-built'],
    `${CORPUS}.payloadBytes`,
    200,
    ['downtime', 'replace'],
    'and cannot make them smaller',
  ),
  change(
    ['knowledge', 'bedrock'],
    `${CORPUS}.payloadBytes`,
    3_000,
    ['in-place'],
    'a service grows by itself',
  ),
  change(['knowledge', 'bedrock'], CORPUS, undefined, ['data-loss'], 'the store goes'),
  change(['knowledge', 'leased'], `${CORPUS}.queriesPerRequest`, 1.1, ['in-place'], 'a little more load'),
  change(
    ['knowledge', 'bedrock'],
    'name',
    'renamed',
    ['data-loss', 'rebuild-index', 'replace'],
    'stacks of another name',
  ),
  change(['knowledge', 'leased'], 'name', 'renamed', ['replace'], 'the cluster is no part of the stacks'),
];
