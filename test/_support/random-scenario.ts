import type { Catalog } from '#lib/catalog/catalog';
import { ANSWER_MODES } from '#lib/catalog/models';
import { idsOf } from '#lib/spec/references/catalog-ids';
import type { Dice } from './dice';

const OFFICE = [1, 1, 1, 1, 1, 2, 4, 7, 10, 12, 12, 11, 9, 11, 12, 12, 10, 8, 6, 5, 4, 3, 2, 1];
const SEASONS = [1, 1, 1, 1, 0.9, 0.9, 0.8, 0.8, 1, 1.1, 1.2, 1.3];

/** What many options can serve, so that most of them fit. */
const USUAL = [
  'llama-3.1-8b',
  'llama-3.1-70b',
  'gpt-oss-120b',
  'gpt-oss-20b',
  'qwen3-32b',
  'kimi-k2',
  'deepseek-v3',
];

/** A demand, as an environment file writes it. */
export function randomScenario(dice: Dice, catalog: Catalog): Record<string, unknown> {
  const models = idsOf('models', catalog);
  const some = () => (dice.chance(0.7) ? dice.one(USUAL) : dice.one(models));
  const mean = dice.magnitude(0.02, 60);
  const maybe = <Value>(probability: number, make: () => Value) =>
    dice.chance(probability) ? make() : undefined;
  const profile = maybe(0.4, () => ({
    workingDay: OFFICE.map((weight) => (dice.chance(0.3) ? 0 : weight)),
    weekendDay: maybe(0.5, () => OFFICE.map((weight) => Math.floor(weight / 6))),
  }));
  return {
    title: 'A scenario',
    models: [...new Set([some(), some()])],
    quality: maybe(0.1, () => ({ metric: 'gpqa', floor: dice.one([0.2, 0.4, 0.6]) })),
    mode: maybe(0.1, () => dice.one(ANSWER_MODES)),
    traffic: {
      requestsPerSecond: { mean, peak: mean * (profile === undefined ? dice.magnitude(1.2, 8) : 12) },
      inputTokens: lengths(dice, 200, 20_000),
      outputTokens: lengths(dice, 50, 3_000),
      burstiness: maybe(0.15, () => dice.magnitude(1, 10)),
      profile,
      cachedShare: maybe(0.4, () => dice.one([0.1, 0.3, 0.6, 1])),
      growthPerMonth: maybe(0.4, () => dice.one([-0.02, 0.01, 0.03, 0.08])),
      ramp: maybe(0.1, () => ({ months: dice.whole(1, 12), startShare: 0.1 })),
      seasonality: maybe(0.1, () => SEASONS),
      sizeForMonth: maybe(0.3, () => dice.whole(1, 12)),
    },
    objectives: {
      ttftMs: maybe(0.8, () => dice.magnitude(200, 20_000)),
      tpotMs: maybe(0.8, () => dice.magnitude(8, 200)),
      percentile: maybe(0.3, () => dice.one(['p50', 'p90', 'p99'])),
      availability: dice.one([0.9, 0.99, 0.995, 0.999, 0.9999]),
      residency: maybe(0.2, () => dice.one(['us', 'eu', 'apac', 'china', 'own-premises'])),
    },
    retrieval: maybe(0.4, () => retrieval(dice, catalog)),
  };
}

function lengths(dice: Dice, low: number, high: number) {
  const mean = dice.magnitude(low, high);
  return {
    mean,
    ...(dice.chance(0.5) ? { p50: mean * 0.8, p95: mean * dice.magnitude(1.2, 4) } : {}),
    ...(dice.chance(0.2) ? { variation: dice.magnitude(0.2, 3) } : {}),
  };
}

function retrieval(dice: Dice, catalog: Catalog) {
  const embeddings = idsOf('embedding-models', catalog);
  const rerankers = idsOf('rerankers', catalog);
  const where = () => (dice.chance(0.4) ? dice.one(['managed', 'gpu', 'cpu']) : undefined);
  const maybe = <Value>(probability: number, make: () => Value) =>
    dice.chance(probability) ? make() : undefined;
  return {
    chunks: Math.round(dice.magnitude(1e4, 1e9)),
    dimensions: dice.one([256, 384, 768, 1024, 1024, 1024, 1536, 4096]),
    embeddingModel: dice.chance(0.5) ? 'bge-m3' : dice.one(embeddings),
    chunkTokens: maybe(0.5, () => dice.one([200, 400, 1000])),
    embedding: {
      where: where(),
      alternatives: maybe(0.4, () => [dice.one(embeddings)]),
      queryTokens: maybe(0.3, () => 32),
      windowHours: maybe(0.2, () => dice.magnitude(1, 700)),
      againEveryMonths: maybe(0.4, () => dice.one([1, 6, 12, 48, 240])),
    },
    reranker: maybe(0.4, () => ({
      model: dice.one(rerankers),
      where: where(),
      candidates: dice.one([10, 50, 200]),
      alternatives: maybe(0.3, () => [dice.one(rerankers)]),
    })),
    payloadBytes: maybe(0.4, () => dice.one([0, 500, 20_000])),
    queriesPerRequest: maybe(0.3, () => dice.one([0, 0.5, 3])),
    changedSharePerMonth: maybe(0.3, () => dice.one([0, 0.3, 2])),
    copies: maybe(0.4, () => dice.whole(1, 3)),
    recall: maybe(0.4, () => dice.one([0.8, 0.9, 0.98, 0.995, 0.999])),
    filterShare: maybe(0.2, () => dice.one([0.1, 0.9, 0.99])),
    latencyMs: maybe(0.5, () => dice.magnitude(5, 1000)),
  };
}
