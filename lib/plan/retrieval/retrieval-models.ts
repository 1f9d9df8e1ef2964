import type { Accelerator } from '#lib/catalog/accelerators';
import type { OwnLoad, Purchase } from '#lib/catalog/purchase';
import { chooseReader, unitsPerMonth, type ReaderChoice } from '#lib/plan/retrieval/choose-reader';
import { embedCorpus, rentable, type EmbeddedCorpus } from '#lib/plan/retrieval/corpus-embedding';
import type { Context } from '#lib/plan/plan-request';
import type { Placement } from '#lib/plan/nodes/place';
import type { ReaderNodes } from '#lib/plan/placed-fleet';
import { embeddingNeed, rerankerNeed, type ReaderNeed } from '#lib/plan/retrieval/reader-need';
import { readerPlaces, type ReaderPlaces } from '#lib/plan/retrieval/reader-places';
import type { RetrievalPlan } from '#lib/plan/plan';
import { latencyNotes, retrievalLatency } from '#lib/plan/retrieval/retrieval-latency';
import type { PlannedRetrieval } from '#lib/plan/retrieval/retrieval-plan';
import type { Objectives } from '#lib/spec/schema/traffic';
import type { PlacedFleet } from '#lib/targets/target';
import type { Band } from '#lib/units/band';
import { SECONDS_PER_MONTH } from '#lib/units/money';

/** The model server that readers stand beside. */
export interface BesideServer {
  readonly placement: Placement;
  readonly accelerator: Accelerator;
  /** GPUs of its nodes that nothing runs on; `null` where its nodes come and go, or are whole replicas. */
  readonly idle: number | null;
  readonly cpuNodes: PlacedFleet['cpuNodes'];
  readonly firstTokenMs: Band;
}

/** The models of a retrieval, and what they add to what the plan buys. */
export interface RetrievalModels {
  readonly embedding: ReaderChoice | null;
  readonly reranker: ReaderChoice | null;
  readonly corpus: EmbeddedCorpus | null;
  /** Of the model server's pool: nodes bought for readers, and GPUs that these take. */
  readonly shared: {
    readonly addedNodes: number;
    readonly gpus: number;
    readonly loads: readonly OwnLoad[];
  };
  readonly cpuNodes: number;
  readonly own: readonly ReaderNodes[];
  readonly purchases: readonly Purchase[];
  readonly notes: readonly string[];
}

const BRING_THE_JOB =
  'what reads documents, cuts them and sends them to the embedding model is yours to bring: no template holds it';

/**
 * Embedding model, reranker and the work on the corpus of a scenario; `null` where it does not retrieve. A model that was
 * named without saying where it may run, and that the target cannot run, stays out of the plan with an unpriced line;
 * one with a place or with alternatives is a reason.
 */
export function retrievalModels(
  context: Context,
  store: PlannedRetrieval | null,
  server: BesideServer | null,
): RetrievalModels | { readonly reasons: readonly string[] } | null {
  const { scenario, catalog, prices } = context;
  const { retrieval } = scenario;
  if (retrieval === undefined || store === null) return null;
  const places = readerPlaces(context, server);
  const embeds = embeddingNeed(scenario, retrieval, catalog, prices);
  const { ttftMs } = scenario.objectives;
  const spent = (server?.firstTokenMs.base ?? 0) + (store.plan.search?.p99LatencyMs.base ?? 0);
  const budgetMs = ttftMs === undefined ? null : Math.max(0, ttftMs - spent);
  const embedding = chooseReader(embeds, places, context, budgetMs);
  const isBinding = retrieval.embedding.where !== undefined || retrieval.embedding.alternatives.length > 0;
  if ('reasons' in embedding && isBinding) {
    return { reasons: [cannot(embeds, context, [...embeds.reasons, ...embedding.reasons])] };
  }
  const embedder = 'reasons' in embedding ? null : embedding;
  const ranks = rerankerNeed(scenario, retrieval, catalog, prices);
  const left = budgetMs === null ? null : budgetMs - (embedder?.plan.latencyMs?.base ?? 0);
  const reranker = ranks === null ? null : chooseReader(ranks, afterwards(places, embedder), context, left);
  if (ranks !== null && reranker !== null && 'reasons' in reranker) {
    return { reasons: [cannot(ranks, context, reranker.reasons)] };
  }
  const ranker = reranker === null || 'reasons' in reranker ? null : reranker;
  const chosen = [
    ...(embedder === null ? [] : [{ need: embeds, choice: embedder }]),
    ...(ranks === null || ranker === null ? [] : [{ need: ranks, choice: ranker }]),
  ];
  const corpus =
    embedder === null
      ? null
      : embedCorpus(retrieval, store.plan.store, embedder, machinesOf(context, server), context);
  return {
    embedding: embedder,
    reranker: ranker,
    corpus,
    shared: {
      addedNodes: sum(chosen.map(({ choice }) => choice.shared.addedNodes)),
      gpus: sum(chosen.map(({ choice }) => choice.shared.gpus)),
      loads: chosen.flatMap(({ choice: { shared, ownLoad } }) =>
        shared.gpus === 0 || ownLoad === null ? [] : [ownLoad],
      ),
    },
    cpuNodes: sum(chosen.map(({ choice }) => choice.cpuNodes)),
    own: chosen.flatMap(({ need, choice }) =>
      choice.own === null || choice.ownLoad === null
        ? []
        : [{ id: need.name, ...choice.own, ownLoad: choice.ownLoad }],
    ),
    purchases: [
      ...chosen.flatMap(({ need, choice }) => queryPurchases(need, choice)),
      ...(embedder === null ? [elsewhere(embeds, context)] : []),
      ...(corpus?.purchases ?? []),
    ],
    notes: [
      ...(embedder === null
        ? [
            `${cannot(embeds, context, [...embeds.reasons, ...('reasons' in embedding ? embedding.reasons : [])])}: it must run elsewhere, and what it costs there is not in the bill; name what else will do in \`retrieval.embedding.alternatives\``,
          ]
        : []),
      ...chosen.flatMap(({ need, choice }) => standIn(need, choice)),
      ...(corpus?.notes ?? []),
      BRING_THE_JOB,
    ],
  };
}

/** The whole of a plan's retrieval: the store, the models around it, and what a search waits for. */
export function retrievalWith(
  store: PlannedRetrieval | null,
  models: RetrievalModels | null,
  firstTokenMs: Band | null,
  objectives: Objectives,
): {
  readonly plan: RetrievalPlan | null;
  readonly purchases: readonly Purchase[];
  readonly notes: readonly string[];
} {
  if (store === null || models === null) return { plan: null, purchases: [], notes: [] };
  const parts = {
    ...store.plan,
    embeddingModel: models.embedding?.model.id ?? store.plan.embeddingModel,
    embedding: models.embedding?.plan ?? null,
    reranker: models.reranker?.plan ?? null,
    corpus: models.corpus?.plan ?? null,
  };
  const latency = retrievalLatency(parts, firstTokenMs);
  return {
    plan: { ...parts, latency },
    purchases: [...store.purchases, ...models.purchases],
    notes: [...store.notes, ...latencyNotes(latency, objectives), ...models.notes],
  };
}

/** What the embedding model leaves for the reranker. */
function afterwards(places: ReaderPlaces, embedder: ReaderChoice | null): ReaderPlaces {
  const { shared } = places;
  if (shared === null || embedder === null) return places;
  const { gpus, addedNodes } = embedder.shared;
  return { ...places, shared: { ...shared, idle: shared.idle + addedNodes * shared.offering.gpus - gpus } };
}

function machinesOf({ site, target, knobs, market }: Context, server: BesideServer | null) {
  const offering = server?.placement.offering;
  return {
    standing:
      offering === undefined || server === null
        ? null
        : { offering, gpus: server.placement.nodes.base * offering.gpus },
    rented: site.elastic ? rentable(target.readers.nodes(knobs, market)) : [],
  };
}

function queryPurchases(need: ReaderNeed, choice: ReaderChoice): Purchase[] {
  const { managed, model } = choice;
  if (managed === null) return servers(need, choice);
  const { queriesPerSecond, textsPerQuery, tokensPerText } = need.load;
  return [
    {
      kind: 'usage',
      key: `${need.name}.queries`,
      label: need.name === 'embedding' ? `Queries to ${model.name}` : `Ranking by ${model.name}`,
      category: 'retrieval',
      quantityPerMonth: unitsPerMonth(need, model),
      price: managed.price,
      basis: `${queriesPerSecond.mean} queries/s of ${textsPerQuery === 1 ? '' : `${textsPerQuery} × `}${tokensPerText} tokens`,
      resources: [],
    },
  ];
}

/** Servers on nodes that other lines pay for; those on nodes of their own are lines among the nodes. */
function servers(need: ReaderNeed, { plan, model, own, cpuNodes, shared }: ReaderChoice): Purchase[] {
  if (own !== null || plan.fleet === null) return [];
  const { addedNodes } = shared;
  return [
    {
      kind: 'free',
      key: `${need.name}.servers`,
      label: `Servers of ${model.name}`,
      category: 'retrieval',
      basis: `${plan.fleet.replicas} ${cpuNodes > 0 ? 'CPU nodes' : 'GPUs or slices of the GPU nodes'}`,
      resources: [],
      why:
        cpuNodes > 0
          ? 'paid for with the CPU nodes'
          : addedNodes > 0
            ? `${addedNodes} more of the model server's nodes, paid for with these`
            : 'the model server leaves them idle',
    },
  ];
}

/** The queries of a model that the target does not run: a line without a price. */
function elsewhere(need: ReaderNeed, { site, scenario }: Context): Purchase {
  const { queriesPerSecond, tokensPerText } = need.load;
  return {
    kind: 'usage',
    key: 'embedding.queries',
    label: 'Queries to the embedding model, elsewhere',
    category: 'retrieval',
    quantityPerMonth: (queriesPerSecond.mean * SECONDS_PER_MONTH * tokensPerText) / 1e6,
    price: {
      seller: 'elsewhere',
      service: 'embedding',
      sku: scenario.retrieval?.embeddingModel ?? '',
      region: site.region ?? '*',
      term: 'on-demand',
      unit: '1M input tokens',
    },
    basis: `${queriesPerSecond.mean} queries/s of ${tokensPerText} tokens`,
    resources: [],
  };
}

function standIn({ models, name, title }: ReaderNeed, { model, plan }: ReaderChoice): string[] {
  const [named] = models;
  if (named === undefined || named.id === model.id) return [];
  return [
    `the ${title} here is ${model.id} (${plan.runsOn}), not ${named.id}: ${name === 'embedding' ? 'the index is made with it, and finds other chunks' : 'it ranks otherwise'}`,
  ];
}

function cannot({ models, title }: ReaderNeed, { target }: Context, reasons: readonly string[]): string {
  const named = models.map(({ id }) => id).join(', ');
  const why = reasons.length === 0 ? '' : ` (${reasons.slice(0, 3).join('; ')})`;
  return `${target.title} cannot run ${named === '' ? `the ${title}` : `the ${title} ${named}`}${why}`;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
