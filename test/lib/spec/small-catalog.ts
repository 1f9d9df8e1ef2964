import { loadCatalog } from '#lib/catalog/load';
import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { PriceRecord } from '#lib/catalog/prices';

function model(id: string, kind: Model['kind'], gpqa: number | null): Model {
  return {
    id,
    name: id,
    kind,
    licence: null,
    nativeDtype: 'bf16',
    maxContextTokens: 131_072,
    paramsTotalB: 8,
    paramsActiveB: 8,
    embeddingParamsB: null,
    layers: 32,
    hidden: 4096,
    heads: 32,
    kvHeads: 8,
    headDim: 128,
    ffn: 14_336,
    vocabulary: 128_256,
    tiedEmbeddings: false,
    attention: 'gqa',
    kvLayers: null,
    kvFullLayers: null,
    slidingWindowTokens: null,
    mla: null,
    moe: null,
    kvElementsPerToken: null,
    repository: null,
    quality: gpqa === null ? [] : [{ metric: 'gpqa', score: gpqa, source: 'test' }],
    sources: ['test'],
    unverified: [],
    note: null,
  };
}

const H100: Accelerator = {
  id: 'h100-sxm',
  name: 'H100 SXM',
  vendor: 'nvidia',
  architecture: 'hopper',
  family: 'hopper',
  memoryGb: 80,
  usableGib: 79.6,
  memoryType: 'HBM3',
  bandwidthGbPerSecond: 3350,
  denseTflops: { bf16: 989, fp8: 1979, fp4: null, int8: 1979 },
  link: { type: 'NVLink 4', gbPerSecond: 450, domain: 8 },
  powerWatts: 700,
  productLabel: null,
  sources: ['test'],
  unverified: [],
  note: null,
};

function price(sku: string, region: string): PriceRecord {
  const [seller, service, unit, term] = ['aws', 'ec2', 'instance-hour', 'on-demand'];
  const id = [seller, service, sku, region, term, unit].join('/');
  return { id, seller, service, sku, region, unit, usd: 10, term, asOf: '2026', source: 'test' };
}

const PRICES = ['us-east-1', 'eu-west-1'].map((region) => price('p5.48xlarge', region));
const BUNDLED = loadCatalog();

/** A catalog with one or two things of each kind. */
export const SMALL_CATALOG: Catalog = {
  snapshot: '2026-11-23',
  accelerators: new Map([[H100.id, H100]]),
  models: new Map(
    [
      model('llama-3.1-8b', 'llm', 0.3),
      model('llama-3.1-70b', 'llm', 0.45),
      model('gpt-oss-120b', 'llm', null),
      model('bge-m3', 'embedding', null),
    ].map((each) => [each.id, each]),
  ),
  instances: new Map([
    [
      'p5.48xlarge',
      {
        id: 'p5.48xlarge',
        seller: 'aws',
        accelerator: 'h100-sxm',
        gpus: 8,
        vcpus: 192,
        memoryGib: 2048,
        localDiskGb: 30_400,
        networkGbps: 3200,
        efa: null,
        architecture: 'x86_64',
        sagemaker: 'ml.p5.48xlarge',
        source: 'test',
        note: null,
      },
    ],
  ]),
  servers: new Map(),
  managedModels: [],
  regionalFactors: [],
  exchangeRates: new Map(),
  quality: [],
  assumptions: new Map([
    [
      'facility.pue',
      {
        id: 'facility.pue',
        label: 'PUE',
        low: 1.15,
        base: 1.52,
        high: 1.8,
        unit: 'ratio',
        asOf: '2026',
        source: 'test',
        note: null,
      },
    ],
  ]),
  constants: {
    version: 'test',
    asOf: '2026',
    source: 'test',
    values: {},
  },
  kernelConstants: BUNDLED.kernelConstants,
  kernelTable: () => null,
  corrections: () => [],
  importArchitectures: () => new Map(),
  importUnits: () => [],
  switches: () => new Map(),
  circuits: () => [],
  freeTier: () => [],
  awsRegions: () => [],
  serviceQuotas: () => [],
  licenceTerms: () => new Map(),
  prices: () => PRICES,
  pricedRegions: () => PRICES.map(({ region }) => region),
  nodeSizes: () => new Map(),
  slices: () => new Map(),
  qualityEvidence: () => [],
  sources: () => new Map(),
  heldRequests: () => [],
  servingRows: () => [],
  unfittedRows: () => [],
};
