import type { PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { ReaderChoice } from '#lib/plan/retrieval/choose-reader';
import type { Context } from '#lib/plan/plan-request';
import { hourlyUsd } from '#lib/plan/nodes/place';
import { textsOf } from '#lib/plan/retrieval/reader-need';
import type { CorpusPlan } from '#lib/plan/retrieval/reader-plan';
import { whole } from '#lib/plan/nodes/slices';
import { planEmbedding } from '#lib/retrieval/embedding';
import { cpuReadingRate } from '#lib/retrieval/cpu-rate';
import { planIngestion } from '#lib/retrieval/ingestion';
import type { Retrieval } from '#lib/spec/schema/retrieval';
import type { NodeOffering } from '#lib/targets/port/offering';
import { scaleBand, type Band } from '#lib/units/band';
import { grouped } from '#lib/units/grouped';
import { HOURS_PER_MONTH, roundTo } from '#lib/units/money';
import { vectorStores } from '#lib/vector-stores/index';

export interface EmbeddedCorpus {
  readonly plan: CorpusPlan;
  readonly purchases: readonly Purchase[];
  readonly notes: readonly string[];
}

/** Accelerators that stand in the plan, and those that may be rented for the time of a run. */
export interface CorpusMachines {
  /** Of the model server; `null` where the provider runs the model. */
  readonly standing: { readonly offering: NodeOffering; readonly gpus: number } | null;
  readonly rented: readonly NodeOffering[];
}

/** Name, unit and quantities of what one buys: all of the corpus at once and every so often, its changes every month. */
interface Work {
  readonly unit: string;
  readonly price: PriceReference;
  readonly whole: number;
  readonly wholeBand?: Band;
  readonly changed: number;
  readonly basis: string;
}

/**
 * How the corpus is embedded. At the provider, where it runs the model; else on the servers that stand for queries, if
 * they can within the window; else on GPUs rented for the hours it takes, or on the model server's own where nothing is
 * rented by the hour.
 */
export function embedCorpus(
  retrieval: Retrieval,
  store: string,
  reader: ReaderChoice,
  machines: CorpusMachines,
  context: Context,
): EmbeddedCorpus {
  const { prices } = context;
  const { chunks, changedSharePerMonth, dimensions, embedding } = retrieval;
  const { tokensPerChunk } = textsOf(retrieval, prices);
  const tokens = chunks * tokensPerChunk;
  const changed = tokens * changedSharePerMonth;
  const id = vectorStores.entries.find((entry) => entry.id === store)?.id;
  const frame = {
    tokensPerChunk,
    tokens,
    changedTokensPerMonth: changed,
    againEveryMonths: embedding.againEveryMonths,
    loadHours: id === undefined ? null : (planIngestion(id, chunks, dimensions).ingestion?.hours ?? null),
  };
  const basis = `${grouped(chunks)} chunks of ${tokensPerChunk} tokens`;
  if (reader.managed !== null) {
    const price = reader.managed.batchPrice ?? reader.managed.price;
    const work = { unit: price.unit, price, whole: tokens / 1e6, changed: changed / 1e6, basis };
    return {
      plan: { ...frame, on: 'managed', gpuHours: null, hours: null },
      purchases: bought(work, retrieval),
      notes: [],
    };
  }
  const standing = standingReaders(reader, retrieval, context);
  const inTime = standing !== null && tokens / standing.base / 3600 <= embedding.windowHours;
  if (standing !== null && inTime) {
    const hours = hoursOf(tokens, standing);
    return {
      plan: { ...frame, on: 'stands', gpuHours: null, hours },
      purchases: free(
        retrieval,
        `${basis}: ${roundTo(hours.base, 1)} h of the embedding servers`,
        EMBEDDERS_STAND,
      ),
      notes: [],
    };
  }
  return onMachines(retrieval, reader, machines, context, { frame, basis, standing, changed });
}

const EMBEDDERS_STAND = 'the servers that embed queries do it while they have nothing else to do';
const SERVERS_STAND = "the model server's own GPUs do it: before the launch, later in quiet hours";
const ON_CHANGES = 'the servers that embed queries take up the changes in between';

function onMachines(
  retrieval: Retrieval,
  { model }: ReaderChoice,
  { standing, rented }: CorpusMachines,
  { catalog }: Context,
  about: {
    readonly frame: Omit<CorpusPlan, 'on' | 'gpuHours' | 'hours'>;
    readonly basis: string;
    readonly standing: Band | null;
    readonly changed: number;
  },
): EmbeddedCorpus {
  const { frame, basis } = about;
  const { windowHours } = retrieval.embedding;
  const workOn = (offering: NodeOffering) => {
    const accelerator = catalog.accelerators.get(offering.accelerator);
    const plan =
      accelerator === undefined
        ? null
        : planEmbedding(
            {
              model,
              accelerator,
              precision: 'bf16',
              documents: retrieval.chunks,
              tokensPerDocument: frame.tokensPerChunk,
              chunkTokens: frame.tokensPerChunk,
              windowHours,
            },
            catalog.constants,
          );
    if (plan === null || 'reasons' in plan) return [];
    const nodeHours = scaleBand(plan.gpuHours, 1 / offering.gpus);
    return [{ offering, plan, nodeHours, usd: nodeHours.base * hourlyUsd(offering) }];
  };
  const [best] = rented.flatMap(workOn).toSorted((a, b) => a.usd - b.usd);
  const price = best?.offering.price;
  if (best !== undefined && price != null && price.unit === 'instance-hour') {
    const { plan, nodeHours, offering } = best;
    const spare = about.standing;
    // The rate of the standing servers, over the month, of which the queries take a part.
    const absorbs = spare !== null && about.changed <= spare.base * 3600 * HOURS_PER_MONTH;
    const share = retrieval.changedSharePerMonth;
    return {
      plan: { ...frame, on: 'rented', gpuHours: plan.gpuHours, hours: plan.window?.hours ?? plan.gpuHours },
      purchases: bought(
        {
          unit: price.unit,
          price,
          whole: nodeHours.base,
          wholeBand: nodeHours,
          changed: absorbs ? 0 : nodeHours.base * share,
          basis: `${basis} on ${plan.window?.gpus.base ?? 1} × ${offering.shape}`,
        },
        retrieval,
      ),
      notes: [],
    };
  }
  const own = standing === null ? [] : workOn(standing.offering);
  const [found] = own;
  if (standing === null || found === undefined) {
    return {
      plan: { ...frame, on: 'stands', gpuHours: null, hours: null },
      purchases: [],
      notes: [
        `embedding ${basis} within ${windowHours} h is more than the embedding servers do, and no GPU for it is at hand: not costed`,
      ],
    };
  }
  const { gpuHours } = found.plan;
  const hours = scaleBand(gpuHours, 1 / standing.gpus);
  return {
    plan: { ...frame, on: 'stands', gpuHours, hours },
    purchases: free(
      retrieval,
      `${basis}: ${roundTo(hours.base, 1)} h of ${standing.gpus} GPUs`,
      SERVERS_STAND,
    ),
    notes:
      hours.base > windowHours
        ? [
            `embedding the corpus takes all ${standing.gpus} GPUs ${roundTo(hours.base, 0)} h, ${windowHours} h asked`,
          ]
        : [],
  };
}

/** Tokens per second that the servers of queries have to spare for chunks, on average; `null` where there are none. */
function standingReaders(
  { plan, model, rate, accelerator }: ReaderChoice,
  retrieval: Retrieval,
  { prices, catalog }: Context,
): Band | null {
  const { fleet, load } = plan;
  if (fleet === null || rate === null) return null;
  const { tokensPerChunk } = textsOf(retrieval, prices);
  const vcpus = Number(fleet.pod.cpu);
  const chunkRate =
    accelerator === null
      ? cpuReadingRate({ model, vcpus, tokensPerText: tokensPerChunk })
      : planEmbedding(
          {
            model,
            accelerator,
            precision: 'bf16',
            documents: 1,
            tokensPerDocument: tokensPerChunk,
            chunkTokens: tokensPerChunk,
          },
          catalog.constants,
        );
  if ('reasons' in chunkRate) return null;
  const ofOne = 'tokensPerSecond' in chunkRate ? chunkRate.tokensPerSecond : chunkRate.tokensPerSecondPerGpu;
  const asked = load.queriesPerSecond.mean * load.textsPerQuery * load.tokensPerText;
  const spare = Math.max(0, 1 - asked / (rate.tokensPerSecond.base * fleet.replicas));
  return scaleBand(ofOne, fleet.replicas * spare);
}

function hoursOf(tokens: number, { low, base, high }: Band): Band {
  return { low: tokens / high / 3600, base: tokens / base / 3600, high: tokens / low / 3600 };
}

function bought(work: Work, { embedding, changedSharePerMonth }: Retrieval): Purchase[] {
  const { unit, price, wholeBand } = work;
  const line = { kind: 'assumed', category: 'retrieval', tangible: true, unit, resources: [] } as const;
  const priced = { assumptions: [], shareOf: price };
  const again = embedding.againEveryMonths;
  const changes: Purchase[] =
    work.changed === 0
      ? []
      : [
          {
            ...line,
            ...priced,
            key: 'retrieval.embedding-changes',
            label: 'Embedding what changes',
            quantity: work.changed,
            when: 'monthly',
            basis: `${roundTo(100 * changedSharePerMonth, 2)} % of ${work.basis} a month`,
          },
        ];
  const whole: Purchase = {
    ...line,
    ...priced,
    key: 'retrieval.embedding',
    label: `Embedding the corpus, at first and every ${again} months`,
    quantity: work.whole,
    ...(wholeBand === undefined ? {} : { quantityBand: { low: wholeBand.low, high: wholeBand.high } }),
    when: 'once',
    everyMonths: again,
    basis: work.basis,
  };
  const absorbed: Purchase[] =
    work.changed === 0 && changedSharePerMonth > 0 ? [freeChanges(changedSharePerMonth)] : [];
  return [whole, ...changes, ...absorbed];
}

function freeChanges(share: number): Purchase {
  return {
    kind: 'free',
    key: 'retrieval.embedding-changes',
    label: 'Embedding what changes',
    category: 'retrieval',
    basis: `${roundTo(100 * share, 2)} % of the chunks a month`,
    resources: [],
    why: ON_CHANGES,
  };
}

function free({ embedding, changedSharePerMonth }: Retrieval, basis: string, why: string): Purchase[] {
  return [
    ...(changedSharePerMonth > 0 ? [freeChanges(changedSharePerMonth)] : []),
    {
      kind: 'free',
      key: 'retrieval.embedding',
      label: `Embedding the corpus, at first and every ${embedding.againEveryMonths} months`,
      category: 'retrieval',
      basis,
      resources: [],
      why,
    },
  ];
}

/** Nodes that a run may rent: those sold by the hour, whole. */
export function rentable(offerings: readonly NodeOffering[]): NodeOffering[] {
  return offerings.map(whole).filter(({ price }) => price?.unit === 'instance-hour');
}
