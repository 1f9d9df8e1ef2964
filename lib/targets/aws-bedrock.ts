import { isChinese } from '#lib/catalog/aws-sellers';
import * as z from 'zod';
import type { PriceBook, PriceRecord, PriceReference } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import type { ManagedModel } from '#lib/catalog/managed-models';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { AwsRegion } from '#lib/targets/aws/aws-knobs';
import { awsRegions } from '#lib/targets/aws/aws-instances';
import { knob } from '#lib/targets/port/knob';
import type { TokenOffering } from '#lib/targets/port/offering';
import { leavingAws } from '#lib/targets/purchases/leaving-data';
import { staffed } from '#lib/targets/layers/staffed';
import { awsOnDemand, listedReference, referenceOf } from '#lib/targets/purchases/price-references';
import { BARE_SITE } from '#lib/targets/port/site';
import { standsStill } from '#lib/targets/port/scaling-support';
import { defineTarget, type PlacedFleet, type Operates } from '#lib/targets/target';
import { grouped } from '#lib/units/grouped';
import { roundTo } from '#lib/units/money';
import { meanRoundedUp } from '#lib/units/rounded-up';

const Profile = z.enum(['in-region', 'regional', 'global']);
const TOKENS_PER_UNIT = 1e6;
const TEXT_UNIT = '1k text units (1 unit = 1,000 chars)';
const CHARACTERS_PER_UNIT = 1_000;

const OPERATES: Operates = {
  facility: 'provider',
  hardware: 'provider',
  network: 'provider',
  'operating-system': 'provider',
  kubernetes: 'provider',
  'model-server': 'provider',
  model: 'provider',
  'vector-store': 'provider',
};

export const awsBedrock = defineTarget({
  id: 'aws-bedrock',
  title: 'Amazon Bedrock',
  mode: 'managed models',
  supplies: 'token',
  scaling: standsStill('the provider scales the model, and what is paid follows the tokens'),
  provisioner: 'cdk',
  operates: OPERATES,
  readers: { forms: ['managed'], sharesNodes: false, nodes: () => [] },
  vectorStores: ['opensearch-serverless', 's3-vectors', 'aurora-pgvector'],
  engines: [],
  difficulty: 1,
  customisable: 'prompts',
  cutsAccelerators: false,
  knobs: z.strictObject({
    region: AwsRegion,
    profile: knob(Profile.optional(), {
      description:
        'Inference profile: one region, a geography, or the world; the cheapest that residency allows without it',
      unit: 'id',
      example: 'regional',
    }),
    guardrail: knob(z.boolean().default(true), {
      description: 'Filters prompts and answers for harmful content and personal data',
      unit: 'yes or no',
      example: true,
    }),
  }),
  regions: (catalog) => awsRegions(catalog).filter((region) => !isChinese(region)),
  leadTime: () => ({ assumption: 'lead-time.managed.days' }),
  site: ({ region, guardrail }) => ({ ...BARE_SITE, region, elastic: true, guardrail }),
  offerings: ({ region, profile }, { catalog, prices }) => {
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
  },
  purchases: (fleet, { region, guardrail }, market) => [
    ...tokenPurchases(fleet),
    ...(guardrail ? [...guardrailPurchases(fleet, region, market.prices), guardrailKey(region)] : []),
    ...leavingAws(fleet, region, market.prices),
    ...staffed(OPERATES, fleet, market),
  ],
});

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

function tokenPurchases({ token, tokens }: PlacedFleet): Purchase[] {
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

/**
 * Content filters and personal-data filters read prompt and answer; each text starts a new text unit. Where the spread of
 * the lengths is known, the units are the mean over it: long texts take more than the mean text does.
 */
function guardrailPurchases({ tokens }: PlacedFleet, region: string, prices: PriceBook): Purchase[] {
  const charactersPerToken = prices.assumption('guardrail.characters-per-token').base;
  const unitsPerMonth = tokens.texts.reduce(
    (sum, { perMonth, meanTokens, variation }) =>
      sum + perMonth * meanRoundedUp((meanTokens * charactersPerToken) / CHARACTERS_PER_UNIT, variation),
    0,
  );
  const unitsPerRequest = roundTo(unitsPerMonth / Math.max(tokens.requestsPerMonth, 1e-9), 2);
  const isSpread = tokens.texts.every(({ variation }) => variation !== undefined);
  return [
    { name: 'content-filters', label: 'Guardrail: content filters', sku: 'content filters' },
    { name: 'personal-data', label: 'Guardrail: personal data', sku: 'sensitive information filters' },
  ].map(({ name, label, sku }): Purchase => ({
    kind: 'usage',
    key: `guardrail.${name}`,
    label,
    category: 'models',
    quantityPerMonth: unitsPerMonth / 1000,
    price: listedReference(prices, awsOnDemand('bedrock-guardrails', sku, region, TEXT_UNIT)),
    basis: `${unitsPerRequest} text units per request at ${charactersPerToken} characters per token, each text rounded up${isSpread ? ' over the spread of the lengths' : ' as the mean one'}`,
    resources: [ADDRESSES.serving.guardrail],
  }));
}

function guardrailKey(region: string): Purchase {
  return {
    kind: 'recurring',
    key: 'guardrail.key',
    label: 'Key of the guardrail',
    category: 'platform',
    quantityPerMonth: 1,
    price: awsOnDemand('kms', 'Customer managed key', region, 'key-month'),
    basis: '1 key',
    resources: [ADDRESSES.serving.guardrail],
  };
}
