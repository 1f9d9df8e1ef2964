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

/** The marketplace counts batches in millions, by names of their own. */
const BATCH_NAMES: ReadonlyMap<string, string> = new Map([
  ['InputTokenCount', 'InputTokens'],
  ['OutputTokenCount', 'OutputTokens'],
]);
const CUSTOMIZED = /^(?:[A-Z0-9]+-)?(.+?)-Customization-Training$/;

const UNITS_OF_TEXT = { TextUnit: 1000, TextUnits: 1000, 'Text Units': 1000 };
const THOUSAND_UNITS = '1k text units (1 unit = 1,000 chars)';

/** `ApplyGuardrail`; what `InvokeGuardrailChecks` bills is named `GuardrailChecks-…` and costs less. */
const POLICIES = [
  ['ContentPolicyUnitsConsumed', 'content filters'],
  ['TopicPolicyUnitsConsumed', 'denied topics'],
  ['SensitiveInformationPolicyPaidUnitsConsumed', 'sensitive information filters'],
] as const;

/** `…-batch` costs half of what it is a batch of; everything else is by the call. */
const TERMS = [
  ['on-demand', '(?:-standard)?', ''],
  ['batch', '-batch', 'MillionBatch'],
] as const;

/** Models by usage types like `USE1-NovaMicro-input-tokens` and `USE1-Claude4.6Opus-input-tokens`. */
export const TOKENS_BY_NAME: readonly OfferRule[] = TERMS.flatMap(([term, suffix]) =>
  KINDS.map(([unit, name]): OfferRule => {
    const pattern = new RegExp(
      `^(?:[A-Z0-9]+-)?(.+?)(?:-mantle)?-${name}(-cross-region-global|-global)?${suffix}$`,
    );
    return {
      service: 'bedrock',
      unit,
      perOurUnit: TOKENS,
      where: { usagetype: pattern },
      term,
      sku: ({ usagetype = '' }, { begin }, models) => {
        const [, model = '', global] = pattern.exec(usagetype) ?? [];
        return begin === 0 ? profiled(models.get(plain(model)), global !== undefined) : null;
      },
    };
  }),
);

/** Models of Amazon and open ones, and what guards them. */
export const BEDROCK: readonly OfferRule[] = [
  ...TOKENS_BY_NAME,
  ...POLICIES.map(([name, sku]): OfferRule => ({
    service: 'bedrock-guardrails',
    unit: THOUSAND_UNITS,
    perOurUnit: UNITS_OF_TEXT,
    where: { usagetype: usage(`Guardrail-${name}`) },
    sku: firstTier(sku),
  })),
];

const HOURS = { hour: 1, Hour: 1, hours: 1, Hours: 1, Hrs: 1 };
const COMMITMENTS = [
  ['NoCommit', 'on-demand'],
  ['1[Mm]onth', 'commitment-1m'],
  ['6[Mm]onths?', 'commitment-6m'],
] as const;
const IMPORTED = /(?:^|-)CustomModelImport-Inference-(v\d+)(?::\d+|\.\d+)*$/;

/** Capacity by the hour: provisioned units of a model, and the units that an imported model takes. */
export const MODEL_UNITS: readonly OfferRule[] = [
  ...COMMITMENTS.map(([name, term]): OfferRule => {
    const pattern = new RegExp(`^(?:[A-Z0-9]+-)?(.+?)-ProvisionedThroughput-${name}-ModelUnits$`);
    return {
      service: 'bedrock-provisioned',
      unit: 'model-unit-hour',
      perOurUnit: HOURS,
      where: { usagetype: pattern },
      term,
      sku: ({ usagetype = '' }, { begin }, models) => {
        const model = models.get(plain(pattern.exec(usagetype)?.[1] ?? ''));
        return begin === 0 && model !== undefined ? model.modelId : null;
      },
    };
  }),
  {
    service: 'bedrock-cmi',
    unit: 'CMU-minute',
    perOurUnit: { minute: 1, Minute: 1, minutes: 1, Minutes: 1, 'CMU-Minutes': 1 },
    where: { usagetype: IMPORTED },
    sku: ({ usagetype = '' }, { begin }) => {
      const version = IMPORTED.exec(usagetype)?.[1];
      return begin === 0 && version !== undefined ? `Custom Model Unit ${version}.0` : null;
    },
  },
  {
    service: 'bedrock-customization',
    unit: '1M training tokens',
    perOurUnit: TOKENS,
    where: { usagetype: CUSTOMIZED },
    sku: ({ usagetype = '' }, { begin }, models) => {
      const model = models.get(plain(CUSTOMIZED.exec(usagetype)?.[1] ?? ''));
      return begin === 0 && model !== undefined ? model.modelId : null;
    },
  },
];

/** Models of the marketplace, by their service name; two ways of naming usage types stand side by side. */
export const FOUNDATION_MODELS: readonly OfferRule[] = TERMS.flatMap(([term, , million]) =>
  KINDS.flatMap(([unit, , camel, snake]): OfferRule[] => {
    const batch = BATCH_NAMES.get(camel);
    if (million !== '' && batch === undefined) return [];
    const pattern =
      million === ''
        ? new RegExp(`^(?:[A-Z0-9]+-MP:)?[A-Z0-9]+_(?:${camel}(_Global)?|${snake}(_global)?_standard)-Units$`)
        : new RegExp(
            `^(?:[A-Z0-9]+-MP:)?[A-Z0-9]+_(?:${million}${batch}(_Global)?|${snake}(_global)?_batch)-Units$`,
          );
    return [
      {
        service: 'bedrock',
        unit,
        perOurUnit: TOKENS,
        where: { usagetype: pattern },
        term,
        sku: ({ usagetype = '', servicename = '' }: Attributes, { begin }, models) => {
          const [, camelGlobal, snakeGlobal] = pattern.exec(usagetype) ?? [];
          const model = models.get(plain(servicename.replace(/ \(Amazon Bedrock Edition\)$/, '')));
          return begin === 0 ? profiled(model, (camelGlobal ?? snakeGlobal) !== undefined) : null;
        },
      },
    ];
  }),
);

/** Models by each name that a price list may have for them, without signs. */
export function modelNames(models: readonly ManagedModel[]): ReadonlyMap<string, ManagedModel> {
  return new Map(
    models
      .filter(({ seller, service }) => seller === 'aws' && service === 'bedrock')
      .flatMap((model) => {
        const id = model.modelId.replace(/(?:-v\d+)?(?::\d+)?$/, '').replace(/-\d+$/, '');
        const ownName = id.slice(id.indexOf('.') + 1);
        // `Claude4.6Opus`: one of the lists has the version before the family.
        const turned = /^anthropic\.claude-([a-z]+)-(\d+(?:-\d)?)(?:-|$)/.exec(model.modelId);
        const names = [
          model.model,
          id,
          ownName,
          ...(turned === null ? [] : [`claude${turned[2]}${turned[1]}`]),
        ];
        return names.map((name) => [plain(name), model] as const);
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
