import * as z from 'zod';

import { MODEL_KINDS, QUANTISED_PARTS } from '#lib/catalog/models';
import { PRECISIONS } from '#lib/catalog/precision';
import { SOURCE_METHODS } from '#lib/catalog/provenance';
import { MeasuredRatesRecord } from './measured-rates-record';
import { PRICE_TERMS, PRICE_UNITS } from './price-vocabulary';

/** Schemas of the bundled records. The loader trusts the files; these hold them to that trust. */
export const Id = z.string().regex(/^[a-z0-9][a-z0-9.-]*$/);
export const Count = z.int().nonnegative();
export const Positive = z.number().positive();
export const Note = z.string().min(1).nullable();
const FactDate = z.string().regex(/^\d{4}(-\d{2}){0,2}$/);
const Sources = z.array(Id).min(1);
const Unverified = z.array(z.string());
const Tflops = z.number().min(30).max(20_000);

export const AcceleratorRecord = z.strictObject({
  id: Id,
  name: z.string(),
  vendor: z.enum(['nvidia', 'amd', 'aws', 'huawei', 'intel']),
  architecture: z.string(),
  family: z.enum([
    'hopper',
    'blackwell',
    'rtxpro',
    'ada',
    'ampere',
    'volta',
    'turing',
    'cdna',
    'neuron',
    'other',
  ]),
  memoryGb: z.number().min(16).max(400),
  usableGib: z.number().min(14).max(400).nullable(),
  memoryType: z.string(),
  bandwidthGbPerSecond: z.number().min(100).max(30_000),
  denseTflops: z.strictObject({
    bf16: Tflops,
    fp8: Tflops.nullable(),
    fp4: Tflops.nullable(),
    int8: Tflops.nullable(),
  }),
  link: z.strictObject({
    type: z.string(),
    gbPerSecond: z.number().min(10).max(2_000),
    domain: z.int().min(1).max(576),
    hostGpus: z.int().min(1).max(16).optional(),
  }),
  hostGbPerSecond: z.number().min(10).max(1_000).optional(),
  powerWatts: z.number().min(50).max(2_500).nullable(),
  productLabel: z
    .string()
    .regex(/^[A-Za-z0-9-]+$/)
    .nullable(),
  measured: MeasuredRatesRecord.optional(),
  staticShapes: z
    .strictObject({ ranks: z.int().min(1).max(16), leastTokens: z.int().min(1), source: Id })
    .optional(),
  sources: Sources,
  unverified: Unverified,
  note: Note,
});

export const AcceleratorSliceRecord = z.strictObject({
  id: Id,
  accelerator: Id,
  profile: z.string().regex(/^\dg\.\d+gb$/),
  memoryShare: z.number().min(0.125).max(0.5),
  usableGib: z.number().positive().optional(),
  multiprocessors: z.int().min(1).max(132),
  ofMultiprocessors: z.int().min(4).max(200),
  perAccelerator: z.int().min(1).max(7),
  sources: Sources,
  unverified: Unverified,
});

export const ModelRecord = z.strictObject({
  id: Id,
  name: z.string(),
  kind: z.enum(MODEL_KINDS),
  architecture: z
    .string()
    .regex(/^[A-Za-z0-9_]+$/)
    .optional(),
  licence: z.string().nullable(),
  nativeDtype: z.string(),
  maxContextTokens: z.int().min(512).max(20_000_000),
  paramsTotalB: Positive.nullable(),
  paramsActiveB: Positive.nullable(),
  embeddingParamsB: Positive.nullable(),
  layers: Count,
  hidden: Count,
  heads: Count,
  kvHeads: Count.nullable(),
  headDim: Count.nullable(),
  ffn: Count.nullable(),
  vocabulary: Count,
  tiedEmbeddings: z.boolean(),
  attention: z.enum(['gqa', 'gqa+swa', 'mla', 'mla+dsa', 'hybrid-gdn', 'bidirectional', 'custom']),
  kvLayers: Count.nullable(),
  kvFullLayers: Count.nullable(),
  slidingWindowTokens: Count.nullable(),
  windowCacheEngines: z.array(z.literal('sglang')).optional(),
  mla: z
    .strictObject({
      kvLoraRank: Count,
      qLoraRank: Count.nullable(),
      qkRopeHeadDim: Count,
      qkNopeHeadDim: Count,
      vHeadDim: Count,
      indexTopk: Count.nullable(),
      index: z.strictObject({ heads: Count, headDim: Count }).optional(),
    })
    .nullable(),
  moe: z
    .strictObject({ experts: Count, topK: Count, expertFfn: Count, moeLayers: Count, sharedExperts: Count })
    .nullable(),
  gatedDelta: z.strictObject({ valueHeads: Count, keyHeads: Count, headDim: Count }).optional(),
  checkpoints: z
    .strictObject({
      fp8: z.enum(['blocks', 'tensors']),
      fp4: z.enum(QUANTISED_PARTS).optional(),
      int4: z.strictObject({ part: z.enum(QUANTISED_PARTS), groupSize: z.literal([32, 64, 128]) }).optional(),
    })
    .optional(),
  kvElementsPerToken: Count.nullable(),
  predictionLayers: z.int().min(1).max(4).optional(),
  vectorDimensions: z
    .strictObject({
      full: z.int().min(64).max(8_192),
      others: z.array(z.int().min(64)).optional(),
      shortest: z.int().min(8).optional(),
    })
    .optional(),
  shipsOnnx: z.literal(true).optional(),
  runsRepositoryCode: z.literal(true).optional(),
  standsFor: z
    .array(z.string().regex(/^[a-z0-9][a-z0-9.-]+$/))
    .nonempty()
    .optional(),
  repository: z
    .string()
    .regex(/^[\w.-]+\/[\w.-]+$/)
    .nullable(),
  quality: z.array(
    z.strictObject({
      metric: Id,
      score: z.number().min(0).max(2_000),
      mode: z.enum(['thinking', 'direct']).optional(),
      source: Id,
    }),
  ),
  sources: Sources,
  unverified: Unverified,
  note: Note,
});

export const InstanceRecord = z.strictObject({
  id: Id,
  seller: z.literal('aws'),
  accelerator: Id.nullable(),
  gpus: z.int().min(0).max(72),
  vcpus: z.int().min(2).max(512),
  memoryGib: z.number().min(4).max(8_192),
  localDiskGb: z.number().nonnegative(),
  networkGbps: z.number().min(0.1).max(12_800),
  efa: z
    .strictObject({ interfaces: z.int().min(1).max(32), gbps: Positive, primaryCarriesEfa: z.boolean() })
    .nullable(),
  architecture: z.enum(['x86_64', 'arm64']),
  sagemaker: z
    .string()
    .regex(/^ml\.[a-z0-9-]+\.[a-z0-9]+$/)
    .nullable(),
  source: Id,
  note: Note,
});

const Part = z.string().regex(/^[^/]+$/, 'a part of a price id holds no slash');

export const PriceRecordShape = z.strictObject({
  seller: Id,
  service: Part,
  sku: Part,
  region: z.string().regex(/^(\*|[a-z][a-z0-9-]*)$/),
  unit: z.enum(PRICE_UNITS),
  usd: z.number().nonnegative(),
  lowUsd: z.number().nonnegative().optional(),
  highUsd: z.number().nonnegative().optional(),
  term: z.enum(PRICE_TERMS),
  asOf: FactDate,
  source: Id,
  accelerator: Id.optional(),
  acceleratorCount: z.int().min(1).max(72).optional(),
  derived: z.literal(true).optional(),
  placeholder: z.literal(true).optional(),
  step: z.strictObject({ of: Part, from: Positive }).optional(),
  native: z.strictObject({ amount: Positive, currency: z.literal('CNY'), perUsd: Positive }).optional(),
  note: z.string().min(1).optional(),
});

export const RegionalFactorRecord = z.strictObject({
  seller: Id,
  service: Part,
  base: Id,
  region: Id,
  factor: z.number().min(0.5).max(2),
  low: z.number().min(0.5).max(2).optional(),
  high: z.number().min(0.5).max(2.5).optional(),
  source: Id,
});

export const ExchangeRateRecord = z.strictObject({
  id: z.string().regex(/^[A-Z]{3}$/),
  perUsd: Positive,
  asOf: FactDate,
  source: Id,
  note: Note,
});

export const FreeAllowanceRecord = z.strictObject({
  id: Id,
  service: Part,
  skus: z.array(Part).min(1),
  unit: z.enum(PRICE_UNITS),
  quantity: Positive,
  per: z.enum(['account', 'region']),
  asOf: FactDate,
  source: Id,
  note: z.string().min(1).optional(),
});

export const HeldRequestsRecord = z.strictObject({
  id: Id,
  publisher: z.literal('inferencex'),
  engine: z.enum(['vllm', 'trtllm', 'sglang']),
  model: Id,
  gpu: Id.optional(),
  precision: z.enum(PRECISIONS).optional(),
  engineVersion: z.string().optional(),
  inputTokens: Count.optional(),
  outputTokens: Count.optional(),
  gpusBelow: Count.optional(),
  inAttentionGroups: z.literal(true).optional(),
  flag: z.string().min(1),
  steps: z.array(z.tuple([Count, Count])).min(1),
  source: Id,
});

export const AwsRegionRecord = z.strictObject({ id: Id, source: Id });

export const QualityRecord = z.strictObject({
  precision: z.enum(PRECISIONS),
  low: z.number().min(0).max(1),
  base: z.number().min(0).max(1),
  high: z.number().min(0).max(1),
  bySize: z
    .strictObject({
      lossAtBillion: z.number().positive().max(1),
      exponent: z.number().positive(),
      fromB: z.number().positive(),
      toB: z.number().positive(),
      worstTimes: z.number().min(1),
    })
    .optional(),
  basis: z.string(),
  source: Id,
});

export const AssumptionRecord = z.strictObject({
  id: Id,
  label: z.string(),
  low: z.number().nonnegative(),
  base: z.number().nonnegative(),
  high: z.number().nonnegative(),
  unit: z.string(),
  asOf: FactDate,
  source: Id,
  note: Note,
});

export const SourceRecord = z.strictObject({
  id: Id,
  publisher: z.string().min(1),
  document: z.string().min(1),
  retrieved: z.iso.date(),
  method: z.enum(SOURCE_METHODS),
  licence: z.string().optional(),
  note: z.string().optional(),
});
