import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { PriceBook } from '#lib/catalog/prices';
import { nativePrecision } from '#lib/plan/models/native-precision';
import { loraParameters, LORA_TARGETS } from '#lib/sizing/lora-parameters';
import { Retrieval } from '#lib/spec/schema/retrieval';
import type { Scenario } from '#lib/spec/schema/scenario';
import { DEFAULT_RANK } from '#lib/training/named-tuning';

/** Changes of the demand that a way brings with it. */
export type Variant = 'bare' | 'longer-prompt' | 'retrieval' | 'adaptable' | 'uncompressed' | 'student';

/** Nothing is left of a prompt that is retrieved text alone. */
const LEAST_PROMPT_SHARE = 0.2;
/** A student has about this share of its teacher's parameters. */
const STUDENT_SHARE = 1 / 8;
/** What vectors are made with where a scenario names no corpus: one to run oneself, one by the token. */
const USUAL_EMBEDDING = {
  embeddingModel: 'bge-m3',
  embedding: { alternatives: ['titan-embed-text-v2'] },
  dimensions: 1024,
} as const;

/**
 * The scenario as a way serves it. `bare` is without a corpus; a scenario that retrieves has its retrieved text taken out of
 * its prompts, one that does not gets a corpus by assumption under `retrieval`.
 */
export function scenarioOf(
  variant: Variant,
  scenario: Scenario,
  catalog: Catalog,
  prices: PriceBook,
): Scenario {
  const base = (id: string) => prices.assumption(id).base;
  const contextTokens = base('routes.retrieval.context-tokens');
  switch (variant) {
    case 'bare':
      return bare(scenario, contextTokens);
    case 'longer-prompt':
      return withInput(bare(scenario, contextTokens), base('routes.prompt.extra-input-tokens'));
    case 'adaptable':
      return withModels(bare(scenario, contextTokens), catalog, takesAdapters);
    case 'uncompressed':
      return withModels(bare(scenario, contextTokens), catalog, (model) => nativePrecision(model) === 'bf16');
    case 'student': {
      const student = studentOf(scenario, catalog);
      const { quality: _floor, ...rest } = bare(scenario, contextTokens);
      return student === null ? bare(scenario, contextTokens) : { ...rest, models: [student.id] };
    }
    case 'retrieval':
      break;
  }
  if (scenario.retrieval !== undefined) return scenario;
  return {
    ...withInput(scenario, contextTokens),
    retrieval: Retrieval.parse({
      ...USUAL_EMBEDDING,
      chunks: Math.round(base('routes.retrieval.chunks')),
    }),
  };
}

/** Adapters can be counted only where the projections of a model are published. */
function takesAdapters(model: Model): boolean {
  return loraParameters(model, DEFAULT_RANK, LORA_TARGETS) !== null;
}

/** The pool narrowed to what a way can work on; as it is where nothing of it can, so that the way says why. */
function withModels(scenario: Scenario, catalog: Catalog, isFit: (model: Model) => boolean): Scenario {
  const models = (scenario.models ?? []).filter((id) => {
    const model = catalog.models.get(id);
    return model !== undefined && isFit(model);
  });
  return models.length === 0 ? scenario : { ...scenario, models };
}

/** The language model whose size comes nearest to an eighth of the pool's largest; `null` where no size is known. */
export function studentOf(scenario: Scenario, catalog: Catalog): Model | null {
  const teacher = teacherOf(scenario, catalog);
  if (teacher?.paramsTotalB == null) return null;
  const wanted = teacher.paramsTotalB * STUDENT_SHARE;
  const distance = (model: Model) => Math.abs(Math.log((model.paramsTotalB ?? 0) / wanted));
  const [nearest] = [...catalog.models.values()]
    .filter(
      ({ kind, paramsTotalB, layers, id }) =>
        kind === 'llm' && layers > 0 && (paramsTotalB ?? 0) > 0 && id !== teacher.id,
    )
    .filter(({ paramsTotalB }) => (paramsTotalB ?? 0) < (teacher.paramsTotalB ?? 0))
    .toSorted((a, b) => distance(a) - distance(b) || (a.id < b.id ? -1 : 1));
  return nearest ?? null;
}

/** The pool's largest model of known size. */
export function teacherOf({ models }: Scenario, catalog: Catalog): Model | null {
  const [largest] = (models ?? [])
    .flatMap((id) => catalog.models.get(id) ?? [])
    .filter(({ paramsTotalB, layers }) => paramsTotalB !== null && layers > 0)
    .toSorted((a, b) => (b.paramsTotalB ?? 0) - (a.paramsTotalB ?? 0));
  return largest ?? null;
}

function bare(scenario: Scenario, contextTokens: number): Scenario {
  const { retrieval, ...rest } = scenario;
  return retrieval === undefined ? scenario : withInput(rest, -contextTokens);
}

/** Every percentile moves by as many tokens, and keeps a fifth of itself at least. */
function withInput(scenario: Scenario, tokens: number): Scenario {
  const { inputTokens } = scenario.traffic;
  const moved = (value: number) => Math.max(1, value * LEAST_PROMPT_SHARE, value + tokens);
  return {
    ...scenario,
    traffic: {
      ...scenario.traffic,
      inputTokens: {
        mean: moved(inputTokens.mean),
        ...(inputTokens.p50 === undefined ? {} : { p50: moved(inputTokens.p50) }),
        ...(inputTokens.p95 === undefined ? {} : { p95: moved(inputTokens.p95) }),
      },
    },
  };
}
