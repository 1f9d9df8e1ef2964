import * as z from 'zod';
import { ANSWER_MODES, MODEL_KINDS, QUANTISED_PARTS, type Model } from '#lib/catalog/models';
import { count, described, figure, flag, orNull, text, texts } from '#lib/report/documents/figure';

const size = (description: string) => orNull(count(description));
const billions = (description: string) => orNull(figure(description, '10^9 parameters'));

const latentAttention = z.strictObject({
  kvLoraRank: count('Width of the compressed keys and values'),
  qLoraRank: size('Width of the compressed queries'),
  qkRopeHeadDim: count('Part of a head that carries positions'),
  qkNopeHeadDim: count('Part of a head that carries none'),
  vHeadDim: count('Width of a value'),
  indexTopk: size('Tokens that sparse attention reads at most'),
  index: z.strictObject({ heads: count('Heads of the index'), headDim: count('Width of one') }).optional(),
});

const experts = z.strictObject({
  experts: count('Experts of a layer'),
  topK: count('Of them that a token takes'),
  expertFfn: count('Width of an expert'),
  moeLayers: count('Layers with experts'),
  sharedExperts: count('Experts that every token takes'),
});

const checkpoints = z.strictObject({
  fp8: described(z.enum(['blocks', 'tensors']), 'Scales of 8-bit weights'),
  fp4: described(z.enum(QUANTISED_PARTS), 'What 4-bit floats hold').optional(),
  int4: z
    .strictObject({
      part: described(z.enum(QUANTISED_PARTS), 'What 4-bit integers hold'),
      groupSize: count('Integers that share a scale'),
    })
    .optional(),
});

const quality = z.strictObject({
  metric: text('Metric'),
  score: figure('Score', 'of the metric'),
  mode: z.enum(ANSWER_MODES).optional(),
  source: text('Source id'),
});

/** `landfall/model/v1`: the architecture that a configuration file names. */
export const modelSchema = z.strictObject({
  schema: z.literal('landfall/model/v1'),
  id: text('Model id'),
  name: z.string(),
  kind: z.enum(MODEL_KINDS),
  architecture: text('Class that its `config.json` names').optional(),
  licence: orNull(text('Licence; `null` where unknown')),
  nativeDtype: text('Format of the checkpoint'),
  maxContextTokens: count('Longest sequence'),
  paramsTotalB: billions('All; `null` where unknown: such a model cannot be sized'),
  paramsActiveB: billions('That a token passes'),
  embeddingParamsB: billions('Of the embeddings'),
  lookupParamsB: figure('Tables of which a token reads one row', '10^9 parameters').optional(),
  layers: count('Layers'),
  hidden: count('Width'),
  heads: count('Attention heads'),
  kvHeads: size('Heads of keys and values'),
  headDim: size('Width of a head'),
  ffn: size('Width of the feed-forward layer'),
  vocabulary: count('Tokens of the vocabulary'),
  tiedEmbeddings: flag('One table for input and output'),
  attention: text('Kind of attention: `gqa`, `mla`, `hybrid-gdn`, …'),
  kvLayers: size('Layers that keep a cache; `null` means all'),
  kvFullLayers: orNull(
    figure('Layers with full attention, or their share of the cache in layers; `null` means all', 'layers'),
  ),
  slidingWindowTokens: size('Window of the others'),
  windowCacheEngines: z.array(text('Engine that keeps no more than it, beside vLLM')).optional(),
  mla: latentAttention.nullable(),
  moe: experts.nullable(),
  gatedDelta: z
    .strictObject({
      valueHeads: count('Heads of values'),
      keyHeads: count('Heads of keys'),
      headDim: count('Width of a head'),
    })
    .optional(),
  sequenceState: z
    .strictObject({
      recurrentElements: figure('Elements of the state', 'elements'),
      recurrentBytes: figure('Bytes of one of them', 'bytes'),
      convolutionElements: figure('Last inputs of the short convolution', 'elements'),
    })
    .optional(),
  stateElementsPerSequence: figure('Kept by a running sequence besides its cache', 'elements'),
  checkpoints: checkpoints.optional(),
  kvElementsPerToken: orNull(figure('Cached over all layers; `null` where unknown', 'elements')),
  kvElementsReadPerToken: figure('That one step reads of a cached token', 'elements').optional(),
  predictionLayers: count('Multi-token-prediction layers').optional(),
  vectorDimensions: z
    .strictObject({
      full: count('Length of a vector'),
      others: z.array(z.int()).optional(),
      shortest: count('Any length from here on').optional(),
    })
    .optional(),
  shipsOnnx: z.literal(true).optional(),
  runsRepositoryCode: z.literal(true).optional(),
  repository: orNull(text('On the Hugging Face hub; `null` where no source names it')),
  quality: z.array(quality),
  sources: texts('Source ids'),
  unverified: texts('Fields that no source confirms'),
  note: orNull(text('What to know of it')),
}) satisfies z.ZodType<Model>;
