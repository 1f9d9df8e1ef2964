import { loadCatalog } from '#lib/catalog/load';
import { createPriceBook } from '#lib/catalog/price-book';
import { makePlan } from '#lib/plan/make-plan';
import type { Plan } from '#lib/plan/plan';
import { loadEnvironment } from '#lib/spec/load-environment';
import { Retrieval } from '#lib/spec/schema/retrieval';
import { targets } from '#lib/targets/index';
import type { Target } from '#lib/targets/target';

export function awsTargets(): string[] {
  return all.filter(({ provisioner }) => provisioner === 'cdk').map(({ id }) => id);
}

const all: readonly Target[] = targets.entries;
const CORPUS = Retrieval.parse({
  chunks: 200_000,
  dimensions: 1024,
  embeddingModel: 'bge-m3',
  embedding: { alternatives: ['titan-embed-text-v2'] },
  reranker: { model: 'bge-reranker-v2-m3', alternatives: ['cohere-rerank-3.5'] },
  latencyMs: 500,
});

/** Plans of the smallest shipped environment on a target: without retrieval, and with every store that it can have. */
export function plannedFor(id: string): Plan[] {
  const target = all.find((one) => one.id === id);
  if (target === undefined) throw new Error(`no target ${id}`);
  return [planOf(target.id, null), ...target.vectorStores.map((store) => planOf(target.id, store))];
}

function planOf(target: string, store: string | null): Plan {
  const catalog = loadCatalog();
  const { environment } = loadEnvironment('environments/pilot.yaml', catalog);
  const [scenarioId, scenario] = Object.entries(environment.scenarios)[0] ?? [];
  const [optionId, option] =
    Object.entries(environment.options).find(([, one]) => one.target === target) ?? [];
  if (scenarioId === undefined || scenario === undefined || optionId === undefined || option === undefined) {
    throw new Error(`environments/pilot.yaml has no option on ${target}`);
  }
  const result = makePlan({
    environmentName: environment.name,
    scenarioId,
    scenario: store === null ? scenario : { ...scenario, retrieval: CORPUS },
    optionId,
    option: store === null ? option : { ...option, store: { store } as NonNullable<typeof option.store> },
    finance: environment.finance,
    catalog,
    prices: createPriceBook({ catalog }),
  });
  if (result.feasible) return result.plan;
  throw new Error(`${target} with ${store ?? 'no store'}: ${result.reasons.join('; ')}`);
}
