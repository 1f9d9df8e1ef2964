import type { ManagedModel } from '#lib/catalog/managed-models';
import { firstTier, usage, type Attributes, type OfferRule } from '#lib/price-feeds/aws/offer-rule';

/** What one million tokens cost in units of the lists: theirs are thousands or millions. */
const TOKENS = { '1K tokens': 1000, '1M tokens': 1 };

/** Kinds of tokens: our unit, and how the two lists name them. Longer prompts, batches and fast lanes have other names. */
const KINDS = [
  ['1M input tokens', 'input-tokens', 'InputTokenCount', 'input_tokens'],
  ['1M output tokens', 'output-tokens', 'OutputTokenCount', 'output_tokens'],
  [
    '1M cache-read tokens',
    'cache-read-(?:input-token-count|tokens)',
    'CacheReadInputTokenCount',
    'cache_read_tokens',
  ],
  [
    '1M cache-write tokens',
    'cache-write-(?:input-token-count|tokens)',
    'CacheWriteInputTokenCount',
    'cache_write_tokens',
  ],
] as const;

const UNITS_OF_TEXT = { TextUnit: 1000, TextUnits: 1000, 'Text Units': 1000 };
const THOUSAND_UNITS = '1k text units (1 unit = 1,000 chars)';

/** `ApplyGuardrail`; what `InvokeGuardrailChecks` bills is named `GuardrailChecks-…` and costs less. */
const POLICIES = [
  ['ContentPolicyUnitsConsumed', 'content filters'],
  ['TopicPolicyUnitsConsumed', 'denied topics'],
  ['SensitiveInformationPolicyPaidUnitsConsumed', 'sensitive information filters'],
] as const;

/** Models of Amazon and open ones, by usage types like `USE1-NovaMicro-input-tokens`, and what guards them. */
export const BEDROCK: readonly OfferRule[] = [
  ...KINDS.map(([unit, name]): OfferRule => {
    const pattern = new RegExp(
      `^(?:[A-Z0-9]+-)?(.+?)(?:-mantle)?-${name}(-cross-region-global|-global)?(?:-standard)?$`,
    );
    return {
      service: 'bedrock',
      unit,
      perOurUnit: TOKENS,
      where: { usagetype: pattern },
      sku: ({ usagetype = '' }, { begin }, models) => {
        const [, model = '', global] = pattern.exec(usagetype) ?? [];
        return begin === 0 ? profiled(models.get(plain(model)), global !== undefined) : null;
      },
    };
  }),
  ...POLICIES.map(([name, sku]): OfferRule => ({
    service: 'bedrock-guardrails',
    unit: THOUSAND_UNITS,
    perOurUnit: UNITS_OF_TEXT,
    where: { usagetype: usage(`Guardrail-${name}`) },
    sku: firstTier(sku),
  })),
];

/** Models of the marketplace, by their service name; two ways of naming usage types stand side by side. */
export const FOUNDATION_MODELS: readonly OfferRule[] = KINDS.map(([unit, , camel, snake]): OfferRule => {
  const pattern = new RegExp(
    `^(?:[A-Z0-9]+-MP:)?[A-Z0-9]+_(?:${camel}(_Global)?|${snake}(_global)?_standard)-Units$`,
  );
  return {
    service: 'bedrock',
    unit,
    perOurUnit: TOKENS,
    where: { usagetype: pattern },
    sku: ({ usagetype = '', servicename = '' }: Attributes, { begin }, models) => {
      const [, camelGlobal, snakeGlobal] = pattern.exec(usagetype) ?? [];
      const model = models.get(plain(servicename.replace(/ \(Amazon Bedrock Edition\)$/, '')));
      return begin === 0 ? profiled(model, (camelGlobal ?? snakeGlobal) !== undefined) : null;
    },
  };
});

/** Models by each name that a price list may have for them, without signs. */
export function modelNames(models: readonly ManagedModel[]): ReadonlyMap<string, ManagedModel> {
  return new Map(
    models
      .filter(({ seller, service }) => seller === 'aws' && service === 'bedrock')
      .flatMap((model) => {
        const id = model.modelId.replace(/(?:-v\d+)?(?::\d+)?$/, '').replace(/-\d+$/, '');
        const ownName = id.slice(id.indexOf('.') + 1);
        return [model.model, id, ownName].map((name) => [plain(name), model] as const);
      }),
  );
}

/** `Nova2.0Lite` and `nova-2-lite` are one name. */
function plain(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/(?<=\d)\.0(?!\d)/g, '')
    .replaceAll(/[^a-z0-9]/g, '');
}

/** A model that is sold by profiles alone has its regional price where a list says nothing of a profile. */
function profiled(model: ManagedModel | undefined, isGlobal: boolean): string | null {
  if (model === undefined) return null;
  const { modelId, profiles } = model;
  if (isGlobal) return profiles.includes('global') ? `global.${modelId}` : null;
  return profiles.includes('in-region') ? modelId : `regional.${modelId}`;
}
