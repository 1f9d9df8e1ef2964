import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { PriceBook } from '#lib/catalog/prices';
import type { EngineDrafter, SwitchedOn } from '#lib/engines/engine';
import { weightsOf } from '#lib/plan/models/weights-place';
import type { ServingSizing } from '#lib/sizing/sizing';
import { USUAL_BUDGET_TOKENS } from '#lib/sizing/techniques/memory';
import type { Drafter, Techniques } from '#lib/sizing/techniques/techniques';
import { LORA_TARGETS, type LoraTarget } from '#lib/sizing/lora-parameters';
import type { Serving } from '#lib/spec/schema/option';
import type { ServingTechniques } from '#lib/spec/schema/serving-techniques';

type Speculation = NonNullable<ServingTechniques['speculation']>;

const ATTENTION = ['q', 'k', 'v', 'o'] as const;

/** The matrices that adapters change. */
export function adapterTargets({
  targets,
}: NonNullable<ServingTechniques['adapters']>): readonly LoraTarget[] {
  return targets === 'attention' ? ATTENTION : LORA_TARGETS;
}

/** A model that an EAGLE head or an MTP layer drafts for is drafted for by one layer of its kind. */
const HEAD_LAYERS = 1;

/** What the sizing has to know of the techniques that an option switches on; `undefined` for the plain engine. */
export function sizedTechniques(
  serving: ServingTechniques,
  contextTokens: number,
  catalog: Catalog,
  prices: PriceBook,
): Techniques | undefined {
  const { prefixCache, prefill, speculation, adapters, offload, disaggregation } = serving;
  if (
    [prefixCache, prefill, speculation, adapters, offload, disaggregation].every((each) => each === undefined)
  )
    return undefined;
  return {
    ...(prefixCache === undefined ? {} : { prefixPool: { distinctPrefixes: prefixCache.distinctPrefixes } }),
    ...(prefill === undefined ? {} : { prefillBudgetTokens: budgetTokens(prefill, contextTokens) }),
    ...(speculation === undefined
      ? {}
      : {
          speculation: {
            drafter: drafterOf(speculation, catalog),
            draftTokens: speculation.draftTokens,
            acceptance: acceptanceBand(
              speculation.acceptanceRate,
              prices.assumption('speculation.acceptance-doubt').base,
            ),
          },
        }),
    ...(adapters === undefined
      ? {}
      : {
          adapters: {
            resident: adapters.resident,
            rank: adapters.rank,
            targets: adapterTargets(adapters),
            matrixMicroseconds: prices.assumption('lora.matrix-microseconds').base,
          },
        }),
    ...(disaggregation === undefined
      ? {}
      : {
          disaggregation: {
            transferGbPerSecond:
              disaggregation.transferGbPerSecond ?? prices.assumption('kv-transfer.gb-per-second').base,
          },
        }),
    ...(offload === undefined
      ? {}
      : {
          offload: {
            weightsShare: offload.weightsShare,
            reachedShare: prices.assumption('host-link.reached-share').base,
          },
        }),
  };
}

/** Without chunks a step has room for a whole prompt with its answer, or the longest could never be scheduled. */
function budgetTokens(prefill: NonNullable<ServingTechniques['prefill']>, contextTokens: number): number {
  const budget = prefill.budgetTokens ?? USUAL_BUDGET_TOKENS;
  return prefill.chunked ? budget : Math.max(budget, contextTokens);
}

function acceptanceBand(base: number, doubt: number): { low: number; base: number; high: number } {
  return { low: Math.max(0, base - doubt), base, high: Math.min(1, base + doubt) };
}

function drafterOf(speculation: Speculation, catalog: Catalog): Drafter {
  if (speculation.drafter === 'n-gram') return { kind: 'lookup' };
  if (speculation.drafter !== 'model') return { kind: 'layers', layers: HEAD_LAYERS };
  return {
    kind: 'model',
    model: draftModel(speculation.model, catalog),
    precision: speculation.precision,
  };
}

/** The reading of the environment has checked that the catalog has it. */
function draftModel(id: string, catalog: Catalog): Model {
  const model = catalog.models.get(id);
  if (model === undefined) throw new Error(`no model ${id} in the catalog`);
  return model;
}

/** Why a model cannot be drafted for as asked, or its weights not be read from the host; `null` where it can. */
export function techniqueMisfit(
  model: Model,
  { speculation }: ServingTechniques,
  catalog: Catalog,
): string | null {
  if (speculation === undefined) return null;
  if (speculation.drafter === 'mtp' && (model.predictionLayers ?? 0) === 0) {
    return `${model.id} ships no multi-token-prediction layer that could draft`;
  }
  if (speculation.drafter !== 'model') return null;
  const drafting = draftModel(speculation.model, catalog);
  const unknown = [drafting, model].filter(({ vocabulary }) => vocabulary === 0).map(({ id }) => id);
  if (unknown.length > 0) {
    return `the vocabulary of ${unknown.join(' and ')} is not published: whether ${drafting.id} can draft for ${model.id} is not known`;
  }
  if (drafting.vocabulary === model.vocabulary) return null;
  return `${drafting.id} has a vocabulary of ${drafting.vocabulary} tokens and ${model.id} one of ${model.vocabulary}: it cannot draft for it`;
}

/** What the engine is told: the same techniques, with the quantities that the sizing decided. */
export function switchedOn(
  serving: Serving,
  sizing: Pick<
    ServingSizing,
    'weightsGib' | 'gpusPerReplica' | 'contextTokens' | 'parallelism' | 'stepTokens'
  >,
  catalog: Catalog,
): SwitchedOn | undefined {
  const { speculation, adapters, offload } = serving;
  const prefill = prefillOf(serving, sizing);
  if ([prefill, speculation, adapters, offload].every((each) => each === undefined)) return undefined;
  return {
    ...(prefill === undefined ? {} : { prefill }),
    ...(speculation === undefined
      ? {}
      : {
          speculation: {
            drafter: engineDrafter(speculation, sizing.parallelism, catalog),
            draftTokens: speculation.draftTokens,
          },
        }),
    ...(adapters === undefined
      ? {}
      : { adapters: { resident: adapters.resident, rank: adapters.rank, modules: adapters.modules ?? {} } }),
    ...(offload === undefined
      ? {}
      : { offloadGibPerGpu: rounded((sizing.weightsGib * offload.weightsShare) / sizing.gpusPerReplica) }),
  };
}

/** Steps as asked for, else as sized where the engine's own would hold less. */
function prefillOf(
  { prefill }: Serving,
  { contextTokens, stepTokens }: Pick<ServingSizing, 'contextTokens' | 'stepTokens'>,
): SwitchedOn['prefill'] {
  if (prefill !== undefined) {
    return { chunked: prefill.chunked, budgetTokens: budgetTokens(prefill, contextTokens) };
  }
  return stepTokens === undefined ? undefined : { chunked: true, budgetTokens: stepTokens };
}

function engineDrafter(
  speculation: Speculation,
  parallelism: ServingSizing['parallelism'],
  catalog: Catalog,
): EngineDrafter {
  if (speculation.drafter === 'eagle') {
    return { kind: 'eagle', weights: speculation.repository, tensorParallel: 1 };
  }
  if (speculation.drafter !== 'model') return { kind: speculation.drafter };
  const model = draftModel(speculation.model, catalog);
  // A drafter is split as the attention of its target is, or not at all.
  const tensor = parallelism.tensor / parallelism.data;
  const tensorParallel = model.heads % tensor === 0 ? tensor : 1;
  return { kind: 'model', weights: weightsOf(model), tensorParallel };
}

/** To a hundredth of a GiB, upwards: what is left out must fit. */
function rounded(gib: number): number {
  return Math.ceil(gib * 100) / 100;
}
