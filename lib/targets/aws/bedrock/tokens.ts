import type { ManagedModel } from '#lib/catalog/managed-models';
import type { PriceRecord, PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { ADDRESSES } from '#lib/targets/port/addresses';
import type { TokenOffering } from '#lib/targets/port/offering';
import { awsOnDemand, referenceOf } from '#lib/targets/purchases/price-references';
import type { Market, PlacedFleet } from '#lib/targets/target';
import { grouped } from '#lib/units/grouped';

const TOKENS_PER_UNIT = 1e6;

/** Models of Bedrock by the token, each through every profile that it is sold by, or through the one that is asked for. */
export function tokenOfferings(
  { region, profile }: { readonly region: string; readonly profile?: TokenOffering['profile'] | undefined },
  { catalog, prices }: Market,
): TokenOffering[] {
  const listed = new Map<string, PriceRecord[]>();
  for (const record of prices.listed({ seller: 'aws', service: 'bedrock' })) {
    const known = listed.get(record.sku);
    if (known === undefined) listed.set(record.sku, [record]);
    else known.push(record);
  }
  return catalog.managedModels
    .filter(({ seller, service }) => seller === 'aws' && service === 'bedrock')
    .flatMap((managed) =>
      managed.profiles
        .filter((one) => profile === undefined || one === profile)
        .map((one) => tokenOffering(managed, one, region, listed)),
    );
}

function tokenOffering(
  managed: ManagedModel,
  profile: TokenOffering['profile'],
  region: string,
  listed: ReadonlyMap<string, readonly PriceRecord[]>,
): TokenOffering {
  const records = skusOf(managed.modelId, profile).flatMap((sku) => listed.get(sku) ?? []);
  const find = (unit: string): PriceReference | null => {
    const own = records.filter((record) => record.unit === unit && record.term === 'on-demand');
    // A price of one region says nothing of another; a profile has one price for all its regions.
    const anywhere = profile === 'in-region' ? undefined : own[0];
    const record =
      own.find((one) => one.region === region) ?? own.find((one) => one.region === '*') ?? anywhere;
    return record === undefined ? null : referenceOf(record);
  };
  const fallback = (unit: string) => awsOnDemand('bedrock', managed.modelId, region, unit);
  return {
    kind: 'token',
    id: `${managed.modelId}/${profile}`,
    model: managed.model,
    modelId: managed.modelId,
    profile,
    region,
    input: find('1M input tokens') ?? fallback('1M input tokens'),
    output: find('1M output tokens') ?? fallback('1M output tokens'),
    cacheRead: find('1M cache-read tokens'),
  };
}

/** Price lists write the profile before the model: `regional.`, `global.`. */
function skusOf(modelId: string, profile: TokenOffering['profile']): string[] {
  const bare = modelId.replace(/^(regional|global)\./, '');
  return profile === 'in-region' ? [bare] : [`${profile}.${bare}`, modelId];
}

export function tokenPurchases({ token, tokens }: PlacedFleet): Purchase[] {
  if (token === null) return [];
  const cached = token.cacheRead === null ? 0 : tokens.cachedInputPerMonth;
  const line = (name: string, label: string, count: number, price: PriceReference): Purchase => ({
    kind: 'usage',
    key: `tokens.${name}`,
    label,
    category: 'models',
    quantityPerMonth: count / TOKENS_PER_UNIT,
    price,
    basis: `${grouped(count)} tokens ÷ 1,000,000`,
    resources: [ADDRESSES.serving.profile],
  });
  return [
    line('input', 'Input tokens', tokens.inputPerMonth - cached, token.input),
    ...(token.cacheRead === null || cached === 0
      ? []
      : [line('cache-read', 'Cached input tokens', cached, token.cacheRead)]),
    line('output', 'Output tokens', tokens.outputPerMonth, token.output),
  ];
}
