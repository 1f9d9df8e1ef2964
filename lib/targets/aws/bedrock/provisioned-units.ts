import type { ManagedModel } from '#lib/catalog/managed-models';
import type { Purchase } from '#lib/catalog/purchase';
import { ADDRESSES } from '#lib/targets/port/addresses';
import type { UnitOffering } from '#lib/targets/port/offering';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import type { Market, PlacedFleet } from '#lib/targets/target';
import { HOURS_PER_MONTH } from '#lib/units/money';

/** Terms of the knob, and what price lists call them. */
export const PROVISIONED_TERMS = {
  none: 'on-demand',
  '1-month': 'commitment-1m',
  '6-months': 'commitment-6m',
} as const;
export type ProvisionedTerm = keyof typeof PROVISIONED_TERMS;

export interface ProvisionedKnobs {
  readonly region: string;
  readonly term: ProvisionedTerm;
  readonly modelUnits?: number | undefined;
  readonly inputTokensPerMinutePerUnit?: number | undefined;
  readonly outputTokensPerMinutePerUnit?: number | undefined;
}

/** Models whose throughput is sold by the unit, each with every context that it is sold with, or why it is not. */
export function unitOfferings(knobs: ProvisionedKnobs, { catalog }: Market): UnitOffering[] {
  return catalog.managedModels
    .filter(({ seller, service }) => seller === 'aws' && service === 'bedrock')
    .flatMap((managed) => offeringsOf(managed, knobs));
}

function offeringsOf({ model, modelId, provisioned }: ManagedModel, knobs: ProvisionedKnobs): UnitOffering[] {
  const { region, term, modelUnits } = knobs;
  const offering = (variant: { readonly modelId: string; readonly contextTokens: number }): UnitOffering => ({
    kind: 'unit',
    id: `${variant.modelId}/provisioned`,
    model,
    modelId: variant.modelId,
    region,
    term,
    contextTokens: variant.contextTokens,
    hour: {
      ...awsOnDemand('bedrock-provisioned', modelId, region, 'model-unit-hour'),
      term: PROVISIONED_TERMS[term],
    },
    ...(modelUnits === undefined ? {} : { units: modelUnits }),
    tokensPerMinutePerUnit: {
      input: knobs.inputTokensPerMinutePerUnit,
      output: knobs.outputTokensPerMinutePerUnit,
    },
  });
  if (provisioned === undefined) {
    const misfit = `Bedrock sells no Provisioned Throughput by model units of ${model}; its Reserved tier, which some newer models have, is sold by the account team`;
    return [{ ...offering({ modelId, contextTokens: 0 }), misfit }];
  }
  if (!provisioned.regions.includes(region)) {
    const misfit = `model units of ${model} are sold in ${provisioned.regions.join(', ')}, not in ${region}`;
    return [{ ...offering({ modelId, contextTokens: 0 }), misfit }];
  }
  return provisioned.variants.map(offering);
}

/** Units by the hour, all month, whether anybody asks or not. */
export function unitPurchases({ units }: PlacedFleet): Purchase[] {
  if (units === undefined) return [];
  const { offering, count } = units;
  const { term, hour } = offering;
  return [
    {
      kind: 'recurring',
      key: 'provisioned.units',
      label: `Model units of ${offering.modelId}`,
      category: 'models',
      quantityPerMonth: count * HOURS_PER_MONTH,
      price: hour,
      basis: `${count} model unit${count === 1 ? '' : 's'} × ${HOURS_PER_MONTH} h, ${term === 'none' ? 'without a commitment' : `for ${term.replace('-', ' ')}`}`,
      resources: [ADDRESSES.serving.provisioned],
    },
  ];
}
