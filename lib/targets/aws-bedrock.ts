import { isChinese } from '#lib/catalog/aws-sellers';
import * as z from 'zod';
import { AwsRegion } from '#lib/targets/aws/aws-knobs';
import { awsRegions } from '#lib/targets/aws/aws-instances';
import { guardrailKey, guardrailPurchases } from '#lib/targets/aws/bedrock/guardrail';
import { copyOfferings, copyPurchases } from '#lib/targets/aws/bedrock/imported-copies';
import { unitOfferings, unitPurchases } from '#lib/targets/aws/bedrock/provisioned-units';
import { tokenOfferings, tokenPurchases } from '#lib/targets/aws/bedrock/tokens';
import { knob } from '#lib/targets/port/knob';
import { leavingAws } from '#lib/targets/purchases/leaving-data';
import { staffed } from '#lib/targets/layers/staffed';
import { BARE_SITE } from '#lib/targets/port/site';
import { standsStill } from '#lib/targets/port/scaling-support';
import { defineTarget, type Operates } from '#lib/targets/target';

const Profile = z.enum(['in-region', 'regional', 'global']);
const Inference = z.enum(['on-demand', 'provisioned', 'imported']);
const Term = z.enum(['none', '1-month', '6-months']);
const TokensPerMinute = z.number().gt(0).lte(1e12).optional();

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

/** Of weights that one imports: they are one's own to choose, tune and replace. */
const IMPORTED = { operates: { ...OPERATES, model: 'you' }, customisable: 'weights' } as const;

/** By how inference is bought. */
const OFFERINGS = {
  'on-demand': tokenOfferings,
  provisioned: unitOfferings,
  imported: copyOfferings,
} as const satisfies Record<z.output<typeof Inference>, unknown>;

export const awsBedrock = defineTarget({
  id: 'aws-bedrock',
  title: 'Amazon Bedrock',
  mode: 'managed models',
  supplies: 'token',
  scaling: standsStill('the provider scales the model, and what is paid follows the tokens'),
  provisioner: 'cdk',
  operates: OPERATES,
  handedOver: ({ inference }) =>
    inference === 'imported' ? IMPORTED : { operates: OPERATES, customisable: 'prompts' },
  readers: { forms: ['managed'], sharesNodes: false, nodes: () => [] },
  vectorStores: ['opensearch-serverless', 's3-vectors', 'aurora-pgvector'],
  engines: [],
  difficulty: 1,
  customisable: 'prompts',
  cutsAccelerators: false,
  knobNeeds: {
    modelUnits: 'inference',
    term: 'inference',
    inputTokensPerMinutePerUnit: 'inference',
    outputTokensPerMinutePerUnit: 'inference',
    unitsPerCopy: 'inference',
    tokensPerSecondPerCopy: 'inference',
  },
  knobs: z.strictObject({
    region: AwsRegion,
    inference: knob(Inference.default('on-demand'), {
      description:
        'Models of Bedrock by the token; by Provisioned Throughput, model units by the hour; or weights of your own by Custom Model Import, copies that are paid while they are awake',
      unit: 'id',
      example: 'imported',
    }),
    profile: knob(Profile.optional(), {
      description:
        'Inference profile: one region, a geography, or the world; the cheapest that residency allows without it',
      unit: 'id',
      example: 'regional',
    }),
    modelUnits: knob(z.int().gte(1).lte(10_000).optional(), {
      description:
        'Model units of Provisioned Throughput; as many as the peak takes without it, where it is stated what one serves',
      unit: 'units',
      example: 2,
    }),
    term: knob(Term.default('none'), {
      description: 'How long model units are committed to',
      unit: 'id',
      example: '6-months',
    }),
    inputTokensPerMinutePerUnit: knob(TokensPerMinute, {
      description: 'Input tokens per minute that one model unit takes, as the account manager of AWS says it',
      unit: 'tokens/min',
      example: 300_000,
    }),
    outputTokensPerMinutePerUnit: knob(TokensPerMinute.clone(), {
      description:
        'Output tokens per minute that one model unit gives, as the account manager of AWS says it',
      unit: 'tokens/min',
      example: 60_000,
    }),
    unitsPerCopy: knob(z.int().gte(1).lte(1_000).optional(), {
      description:
        'Custom model units of one copy of an imported model, as `GetImportedModel` shows them; estimated by published copies without it',
      unit: 'units',
      example: 2,
    }),
    tokensPerSecondPerCopy: knob(z.number().gt(0).lte(1_000_000).optional(), {
      description:
        'Output tokens per second that one copy of an imported model gave in a load test like the traffic: published nowhere, and without it nothing imported can be sized',
      unit: 'tokens/s',
      example: 600,
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
  offerings: (knobs, market) => OFFERINGS[knobs.inference](knobs, market),
  purchases: (fleet, { region, guardrail }, market) => [
    ...tokenPurchases(fleet),
    ...unitPurchases(fleet),
    ...copyPurchases(fleet),
    ...(guardrail ? [...guardrailPurchases(fleet, region, market.prices), guardrailKey(region)] : []),
    ...leavingAws(fleet, region, market.prices),
    ...staffed(fleet.copies === undefined ? OPERATES : IMPORTED.operates, fleet, market),
  ],
});
