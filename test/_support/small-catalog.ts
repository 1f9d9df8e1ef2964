import { loadCatalog } from '#lib/catalog/load';
import type { Accelerator } from '#lib/catalog/accelerators';
import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import { priceId, type PriceBook, type PriceRecord } from '#lib/catalog/prices';

const SOURCE = 'test-source';
const AS_OF = '2026-11-23';

function accelerator(
  id: string,
  memoryGb: number,
  bf16: number,
  family: Accelerator['family'],
  fp8: number | null,
): Accelerator {
  return {
    id,
    name: id.toUpperCase(),
    vendor: 'NVIDIA',
    architecture: family,
    family,
    memoryGb,
    usableGib: null,
    memoryType: 'HBM',
    bandwidthGbPerSecond: 3_350,
    denseTflops: { bf16, fp8, fp4: null, int8: fp8 },
    link: { type: 'NVLink', gbPerSecond: 450, domain: 8 },
    powerWatts: 700,
    productLabel: null,
    sources: [SOURCE],
    unverified: [],
    note: null,
  };
}

function model(id: string, paramsB: number, layers: number, hidden: number, gpqa: number): Model {
  return {
    id,
    name: id,
    kind: 'llm',
    licence: null,
    nativeDtype: 'bf16',
    maxContextTokens: 131_072,
    paramsTotalB: paramsB,
    paramsActiveB: paramsB,
    embeddingParamsB: 1,
    layers,
    hidden,
    heads: hidden / 128,
    kvHeads: 8,
    headDim: 128,
    ffn: hidden * 3.5,
    vocabulary: 128_256,
    tiedEmbeddings: false,
    attention: 'gqa',
    kvLayers: null,
    kvFullLayers: null,
    slidingWindowTokens: null,
    mla: null,
    moe: null,
    kvElementsPerToken: 2 * layers * 8 * 128,
    repository: `test/${id}`,
    quality: [{ metric: 'gpqa', score: gpqa, source: SOURCE }],
    sources: [SOURCE],
    unverified: [],
    note: null,
  };
}

function price(
  [seller, service, sku, region, term, unit]: [string, string, string, string, string, string],
  usd: number,
): PriceRecord {
  const reference = { seller, service, sku, region, term, unit };
  return { id: priceId(reference), ...reference, usd, asOf: AS_OF, source: SOURCE };
}

const HOUR = 'instance-hour';
const REGION = 'us-east-1';
const PRICES: readonly PriceRecord[] = [
  price(['aws', 'ec2', 'p5.48xlarge', REGION, 'on-demand', HOUR], 55.04),
  price(['aws', 'ec2', 'g6e.xlarge', REGION, 'on-demand', HOUR], 1.861),
  price(['aws', 'ec2', 'm7i.xlarge', REGION, 'on-demand', HOUR], 0.2016),
  price(['aws', 'sagemaker', 'ml.p5.48xlarge', REGION, 'on-demand', HOUR], 63.29),
  price(
    ['aws', 'savings-plan-factor', 'p5.48xlarge 3y reserved / on-demand', REGION, 'reserved-3y', 'ratio'],
    0.5487,
  ),
  price(['aws', 'eks', 'control-plane (standard support)', REGION, 'on-demand', 'cluster-hour'], 0.1),
  price(['aws', 'ebs', 'gp3 storage', REGION, 'on-demand', 'GB-month'], 0.08),
  price(['aws', 'vpc', 'NAT gateway', REGION, 'on-demand', 'hour'], 0.045),
  price(['aws', 'data-transfer', 'internet out from 0 GB', REGION, 'on-demand', 'GB'], 0.09),
  {
    ...price(['aws', 'data-transfer', 'internet out from 10240 GB', REGION, 'on-demand', 'GB'], 0.085),
    step: { of: 'internet out from 0 GB', from: 10_240 },
  },
  price(['aws', 'bedrock', 'test.large-v1:0', REGION, 'on-demand', '1M input tokens'], 0.72),
  price(['aws', 'bedrock', 'test.large-v1:0', REGION, 'on-demand', '1M output tokens'], 0.72),
  price(['semianalysis', 'tco', 'H100', 'us', 'contract-3y', 'accelerator-hour'], 1.3),
  price(['hardware', 'server purchase', 'HGX H100 8-GPU server', '*', 'purchase', 'unit'], 275_000),
  price(['datacentre', 'construction', 'Data-centre shell+core build', '*', 'purchase', 'MW-IT'], 11_300_000),
];

const BUNDLED = loadCatalog();

const INSTANCE = {
  seller: 'aws',
  localDiskGb: 0,
  networkGbps: 10,
  efa: null,
  architecture: 'x86_64',
  sagemaker: null,
  source: SOURCE,
  note: null,
} as const;

/** Two GPUs, two models, three instance types, one server, and just enough prices; assumptions and calibration are the bundled ones. */
export function smallCatalog(changes: Partial<Catalog> = {}): Catalog {
  const list = <T extends { id: string }>(...items: T[]) => new Map(items.map((item) => [item.id, item]));
  const p5 = { id: 'p5.48xlarge', accelerator: 'h100-sxm', gpus: 8, vcpus: 192, memoryGib: 2048 };
  const g6e = { id: 'g6e.xlarge', accelerator: 'l40s', gpus: 1, vcpus: 4, memoryGib: 32 };
  const m7i = { id: 'm7i.xlarge', accelerator: null, gpus: 0, vcpus: 4, memoryGib: 16 };
  return {
    snapshot: AS_OF,
    accelerators: list(
      accelerator('h100-sxm', 80, 989, 'hopper', 1979),
      accelerator('l40s', 48, 362, 'ada', 733),
    ),
    models: list(model('large', 70.6, 80, 8192, 0.42), model('small', 8, 32, 4096, 0.3)),
    instances: list(
      { ...INSTANCE, ...p5, localDiskGb: 30_400, sagemaker: 'ml.p5.48xlarge' },
      { ...INSTANCE, ...g6e, sagemaker: 'ml.g6e.xlarge' },
      { ...INSTANCE, ...m7i },
    ),
    servers: list({
      id: 'hgx-h100',
      name: 'HGX H100',
      accelerator: 'h100-sxm',
      gpus: 8,
      architecture: 'x86_64',
      vcpus: 224,
      memoryGib: 2048,
      localDiskGb: 30_720,
      rackUnits: 8,
      powerKw: { low: 7, base: 10.2, high: 10.2 },
      weightKg: null,
      fabric: {
        hosts: 1,
        rails: 8,
        planes: 1,
        linkGbps: 400,
        portsPerCage: 2,
        switch: 'quantum-2-qm9700',
        source: SOURCE,
      },
      priceId: 'hardware/server purchase/HGX H100 8-GPU server/*/purchase/unit',
      source: SOURCE,
      note: null,
    }),
    managedModels: [
      {
        model: 'large',
        seller: 'aws',
        service: 'bedrock',
        modelId: 'test.large-v1:0',
        profiles: ['in-region'],
        source: SOURCE,
      },
    ],
    regionalFactors: [],
    exchangeRates: new Map(),
    quality: [{ precision: 'fp8', low: 0.985, base: 0.995, high: 1, basis: 'test', source: SOURCE }],
    assumptions: BUNDLED.assumptions,
    constants: BUNDLED.constants,
    kernelConstants: BUNDLED.kernelConstants,
    kernelTable: BUNDLED.kernelTable,
    corrections: BUNDLED.corrections,
    importArchitectures: () => BUNDLED.importArchitectures(),
    importUnits: () => BUNDLED.importUnits(),
    switches: () => BUNDLED.switches(),
    circuits: () => BUNDLED.circuits(),
    heldRequests: () => BUNDLED.heldRequests(),
    freeTier: () => BUNDLED.freeTier(),
    awsRegions: () => BUNDLED.awsRegions(),
    serviceQuotas: () => BUNDLED.serviceQuotas(),
    licenceTerms: () => BUNDLED.licenceTerms(),
    prices: () => PRICES,
    pricedRegions: (seller) => PRICES.filter((price) => price.seller === seller).map(({ region }) => region),
    nodeSizes: () => new Map(),
    slices: () => new Map(),
    qualityEvidence: () => [],
    sources: () => new Map(),
    servingRows: () => [],
    unfittedRows: () => [],
    ...changes,
  };
}

/** Answers from the small catalog alone: listed or unpriced, nothing derived. */
export function smallPriceBook(catalog: Catalog = smallCatalog()): PriceBook {
  const reference = { id: SOURCE, publisher: 'test', asOf: AS_OF, method: 'price-page' } as const;
  return {
    price: (wanted) => {
      const id = priceId(wanted);
      const record = catalog.prices().find((one) => one.id === id);
      if (record === undefined) return { state: 'unpriced', id, unit: wanted.unit, why: 'not listed' };
      const usd = { low: record.usd, base: record.usd, high: record.usd };
      return {
        state: 'priced',
        id,
        unit: wanted.unit,
        usd,
        source: reference,
        derived: false,
        basis: 'listed',
      };
    },
    listed: ({ seller, service, region, term }) =>
      catalog
        .prices()
        .filter(
          (one) =>
            one.seller === seller &&
            one.service === service &&
            (region === undefined || one.region === region) &&
            (term === undefined || one.term === term),
        ),
    assumption: (id) => {
      const found = catalog.assumptions.get(id);
      if (found === undefined) throw new Error(`no assumption ${id}`);
      return { ...found, source: reference };
    },
  };
}
