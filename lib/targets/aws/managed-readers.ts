import type { Catalog } from '#lib/catalog/catalog';
import type { Model } from '#lib/catalog/models';
import type { PriceBook, PriceReference } from '#lib/catalog/prices';
import { awsOnDemand, referenceOf } from '#lib/targets/purchases/price-references';

/** An embedding model or reranker that Bedrock runs in a region. */
export interface ManagedReader {
  readonly modelId: string;
  /** While somebody waits: by the million tokens, or by the query. */
  readonly price: PriceReference;
  /** For a corpus, where there is a price for batches. @default - as while somebody waits */
  readonly batchPrice?: PriceReference;
}

/** Units in which the price list counts readers. */
const UNITS: Readonly<Record<Model['kind'], string>> = {
  llm: '',
  embedding: '1M input tokens',
  reranker: 'query',
};

/** `null` where Bedrock does not sell the model in the region. Its price may be missing all the same. */
export function managedReader(
  model: Model,
  region: string,
  catalog: Catalog,
  prices: PriceBook,
): ManagedReader | null {
  const sold = catalog.managedModels.find((each) => each.model === model.id && each.service === 'bedrock');
  if (sold === undefined) return null;
  const unit = UNITS[model.kind];
  const listed = (term: string) =>
    prices
      .listed({ seller: 'aws', service: 'bedrock', sku: sold.modelId, region, term })
      .find((record) => record.unit === unit);
  if (listed('on-demand') === undefined && sold.regions?.includes(region) !== true) return null;
  const batch = listed('batch');
  return {
    modelId: sold.modelId,
    price: awsOnDemand('bedrock', sold.modelId, region, unit),
    ...(batch === undefined ? {} : { batchPrice: referenceOf(batch) }),
  };
}
