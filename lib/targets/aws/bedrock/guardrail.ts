import type { PriceBook } from '#lib/catalog/prices';
import type { Purchase } from '#lib/catalog/purchase';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { awsOnDemand, listedReference } from '#lib/targets/purchases/price-references';
import type { PlacedFleet } from '#lib/targets/target';
import { roundTo } from '#lib/units/money';
import { meanRoundedUp } from '#lib/units/rounded-up';

const TEXT_UNIT = '1k text units (1 unit = 1,000 chars)';
const CHARACTERS_PER_UNIT = 1_000;

/**
 * Content filters and personal-data filters read prompt and answer; each text starts a new text unit. Where the spread of
 * the lengths is known, the units are the mean over it: long texts take more than the mean text does.
 */
export function guardrailPurchases({ tokens }: PlacedFleet, region: string, prices: PriceBook): Purchase[] {
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

export function guardrailKey(region: string): Purchase {
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
