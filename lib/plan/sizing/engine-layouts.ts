import { ATTENTION_DATA_REACHES, type AttentionDataReach } from '#lib/catalog/attention-data';
import type { BesideLayout, Engine } from '#lib/engines/engine';
import type { ServingDemand } from '#lib/sizing/sizing';
import type { ServingTechniques } from '#lib/spec/schema/serving-techniques';

/** Layouts that an engine starts with beside the techniques of an option, and that its target lets it. */
export function layoutsOf(
  engine: Engine,
  techniques: ServingTechniques,
  ofTarget: AttentionDataReach = 'any',
): Pick<ServingDemand, 'attentionData' | 'mostGroupedGpus' | 'mostNodesPerReplica' | 'spreadsExperts'> {
  const { attentionData, ...others } = engine.layouts(besides(techniques));
  const reaches: readonly AttentionDataReach[] = [attentionData, ofTarget];
  const narrower = ATTENTION_DATA_REACHES.find((reach) => reaches.includes(reach));
  return { ...others, ...(narrower === undefined ? {} : { attentionData: narrower }) };
}

function besides({ speculation, adapters, disaggregation }: ServingTechniques): BesideLayout {
  return {
    ...(speculation === undefined ? {} : { drafter: speculation.drafter }),
    hasAdapters: adapters !== undefined,
    hasTwoFleets: disaggregation !== undefined,
  };
}
