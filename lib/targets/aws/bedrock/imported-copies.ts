import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { Purchase } from '#lib/catalog/purchase';
import { ADDRESSES } from '#lib/targets/port/addresses';
import type { CopyOffering } from '#lib/targets/port/offering';
import { awsOnDemand } from '#lib/targets/purchases/price-references';
import type { Market, PlacedFleet } from '#lib/targets/target';
import { roundTo } from '#lib/units/money';

const SERVICE = 'bedrock-cmi';
/** A copy is billed for so long once a request comes, and for as long again with each further one. */
const WINDOW_MINUTES = 5;
const MINUTES_PER_HOUR = 60;

export interface ImportKnobs {
  readonly region: string;
  readonly unitsPerCopy?: number | undefined;
  readonly tokensPerSecondPerCopy?: number | undefined;
}

/** Open weights that Custom Model Import may take, each with what it asks of them or why it takes none such. */
export function copyOfferings(knobs: ImportKnobs, { catalog }: Market): CopyOffering[] {
  return [...catalog.models.values()]
    .filter(({ kind, paramsTotalB }) => kind === 'llm' && paramsTotalB !== null)
    .map((model) => copyOffering(model, knobs, catalog));
}

function copyOffering(
  model: Model,
  { region, unitsPerCopy, tokensPerSecondPerCopy }: ImportKnobs,
  catalog: Catalog,
): CopyOffering {
  const takes = takenAs(model, region, catalog);
  const version = 'misfit' in takes ? 'v1.0' : takes.unitVersion;
  return {
    kind: 'copy',
    id: `${model.id}/imported`,
    model: model.id,
    region,
    takes,
    windowMinutes: WINDOW_MINUTES,
    minute: awsOnDemand(SERVICE, `Custom Model Unit ${version}`, region, 'CMU-minute'),
    storage: awsOnDemand(SERVICE, 'storage per CMU', region, 'CMU-month'),
    ...(unitsPerCopy === undefined ? {} : { unitsPerCopy }),
    ...(tokensPerSecondPerCopy === undefined ? {} : { tokensPerSecondPerCopy }),
  };
}

function takenAs(
  { id, architecture }: Model,
  region: string,
  catalog: Catalog,
): CopyOffering['takes'] | { readonly misfit: string } {
  const known = catalog.importArchitectures();
  const taken = known.get(architecture ?? '');
  if (taken === undefined) {
    const named = architecture === undefined ? 'of an architecture that is not recorded' : architecture;
    return { misfit: `${id} is ${named}; Custom Model Import takes ${[...known.keys()].join(', ')}` };
  }
  if (!taken.regions.includes(region)) {
    return {
      misfit: `Custom Model Import takes ${taken.id} in ${taken.regions.join(', ')}, not in ${region}`,
    };
  }
  return taken;
}

/** Copies by the minute that they are awake, what is kept of the model between, and the weights in the bucket. */
export function copyPurchases({ copies }: PlacedFleet): Purchase[] {
  if (copies === undefined) return [];
  const { offering, unitsPerCopy, unitsFrom, hours, billedHours, weightsGb } = copies;
  const { region, minute, storage, windowMinutes } = offering;
  const minutes = (end: 'low' | 'base' | 'high') =>
    roundTo(billedHours[end] * MINUTES_PER_HOUR * unitsPerCopy[end], 3);
  const units = `${unitsPerCopy.base} custom model units, ${unitsFrom}`;
  return [
    {
      kind: 'usage',
      key: 'imported-model.copies',
      label: 'Copies of the imported model, awake',
      category: 'models',
      quantityPerMonth: minutes('base'),
      quantityBand: { low: minutes('low'), high: minutes('high') },
      price: minute,
      inCopies: hours,
      basis: `${roundTo(billedHours.base, 1)} hours of copies in windows of ${windowMinutes} minutes × 60 × ${units}`,
      resources: [ADDRESSES.serving.importedModel],
    },
    {
      kind: 'recurring',
      key: 'imported-model.storage',
      label: 'The imported model, kept',
      category: 'models',
      quantityPerMonth: unitsPerCopy.base,
      quantityBand: { low: unitsPerCopy.low, high: unitsPerCopy.high },
      price: storage,
      basis: units,
      resources: [ADDRESSES.serving.importedModel],
    },
    {
      kind: 'recurring',
      key: 'imported-model.weights',
      label: 'Weights to import from, in S3',
      category: 'storage',
      quantityPerMonth: weightsGb,
      price: awsOnDemand('s3', 'Standard storage first 50 TB', region, 'GB-month'),
      basis: `${weightsGb} GB as they are published or tuned`,
      resources: [ADDRESSES.serving.weights],
    },
    {
      kind: 'recurring',
      key: 'imported-model.key',
      label: 'Key of the weights',
      category: 'platform',
      quantityPerMonth: 1,
      price: awsOnDemand('kms', 'Customer managed key', region, 'key-month'),
      basis: '1 key',
      resources: [ADDRESSES.serving.weights],
    },
  ];
}
