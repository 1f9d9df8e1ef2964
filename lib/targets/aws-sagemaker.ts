import * as z from 'zod';
import type { Purchase } from '#lib/catalog/purchase';
import { HOURS_PER_MONTH } from '#lib/units/money';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { acceleratorInstances, awsRegions, isListed, nodeShape } from '#lib/targets/aws/aws-instances';
import { AwsRegion, Instance, vpc, Zones } from '#lib/targets/aws/aws-knobs';
import { egressPurchases } from '#lib/targets/aws/aws-network';
import { leavingAws, LOG_BYTES_PER_REQUEST } from '#lib/targets/purchases/leaving-data';
import { HuggingFaceEndpoint, mirrorsOf } from '#lib/targets/knobs/mirrors';
import type { NodeOffering } from '#lib/targets/port/offering';
import { nodeHours } from '#lib/targets/purchases/node-hours';
import { singleGpuNodes } from '#lib/targets/port/reader-support';
import { knob } from '#lib/targets/port/knob';
import { unusedCommitment } from '#lib/targets/purchases/unused-commitment';
import { staffed } from '#lib/targets/layers/staffed';
import { awsOnDemand, withFactor } from '#lib/targets/purchases/price-references';
import { additionsOf, planFactor, SAVINGS_PLANS } from '#lib/targets/aws/savings-plans';
import { BARE_SITE } from '#lib/targets/port/site';
import { defineTarget, type Market, type Operates, type PlacedFleet } from '#lib/targets/target';

const PurchaseOption = z.enum(['on-demand', 'savings-plan-1y', 'savings-plan-3y']);
type PurchaseOption = z.output<typeof PurchaseOption>;

const PurchaseKnob = knob(PurchaseOption.default('on-demand'), {
  description: 'How the instances are bought: SageMaker has savings plans of its own, paid month by month',
  unit: 'id',
  example: 'on-demand',
});

interface Asked {
  readonly region: string;
  readonly instance?: string | undefined;
  readonly purchase: PurchaseOption;
}

const OPERATES: Operates = {
  facility: 'provider',
  hardware: 'provider',
  network: 'provider',
  'operating-system': 'provider',
  kubernetes: 'provider',
  'model-server': 'you',
  model: 'you',
  'vector-store': 'provider',
};

export const awsSagemaker = defineTarget({
  id: 'aws-sagemaker',
  title: 'Amazon SageMaker endpoints',
  mode: 'platform',
  supplies: 'node',
  nodeTerms: {
    knob: 'purchase',
    shapeKnob: 'instance',
    hourly: 'on-demand',
    committed: [
      { term: 'savings-plan-1y', months: SAVINGS_PLANS['savings-plan-1y'].termMonths },
      { term: 'savings-plan-3y', months: SAVINGS_PLANS['savings-plan-3y'].termMonths },
    ],
  },
  scaling: {
    policies: ['fixed', 'scheduled', 'autoscaled', 'scale-to-zero'],
    otherwise: 'it knows no other',
    // Target tracking lowers a count after fifteen minutes of idle datapoints, whatever the cooldown of the policy.
    pace: { start: 'node.start-seconds.image-cached', leastCooldownSeconds: 900, releaseSeconds: 0 },
    atZero: {
      // Measured in July 2026: instances go twelve minutes after the last copy.
      releaseSeconds: 720,
      note: 'at zero instances the endpoint answers with an error until a copy runs: callers must ask again',
    },
  },
  provisioner: 'cdk',
  operates: OPERATES,
  readers: {
    forms: ['managed', 'gpu'],
    sharesNodes: false,
    nodes: ({ region }, market) =>
      singleGpuNodes(endpointInstances({ region, purchase: 'on-demand' }, market), market),
  },
  vectorStores: ['opensearch-serverless', 's3-vectors', 'aurora-pgvector', 'opensearch-domain'],
  engines: ['vllm'],
  difficulty: 2,
  customisable: 'weights and engine',
  // A container sees one instance, and an endpoint joins none.
  mostNodesPerReplica: 1,
  // Copies in one container are vLLM's data parallelism, which splits a mixture's experts over them: they wait for each other.
  mixturesTakeNodes: true,
  // One flag of vLLM counts attention groups or copies in the container: a replica with groups is its only copy.
  attentionData: 'whole-node',
  cutsAccelerators: false,
  knobs: z.strictObject({
    region: AwsRegion,
    instance: Instance,
    purchase: PurchaseKnob,
    zones: Zones,
    huggingFaceEndpoint: HuggingFaceEndpoint,
  }),
  regions: awsRegions,
  leadTime: () => ({ assumption: 'lead-time.cloud-quota.days' }),
  site: ({ region, zones, huggingFaceEndpoint }) => ({
    ...BARE_SITE,
    ...mirrorsOf({ huggingFaceEndpoint }),
    ...vpc(region, zones, 'single'),
    natGateways: 0,
    elastic: true,
  }),
  offerings: endpointInstances,
  purchases: (fleet, chosen, market): Purchase[] => [
    ...instanceHours(fleet, chosen, market),
    {
      kind: 'recurring',
      key: 'endpoint.volume-key',
      label: 'Key of the endpoint volumes',
      category: 'platform',
      quantityPerMonth: endpointsOf(fleet),
      price: awsOnDemand('kms', 'Customer managed key', chosen.region, 'key-month'),
      basis: counted(endpointsOf(fleet), 'key'),
      resources: [ADDRESSES.serving.endpoint],
    },
    alarms(fleet, chosen.region),
    {
      kind: 'usage',
      key: 'endpoint.logs',
      label: 'Invocation logs',
      category: 'platform',
      quantityPerMonth: (fleet.tokens.requestsPerMonth * LOG_BYTES_PER_REQUEST) / 1e9,
      price: awsOnDemand('cloudwatch', 'Logs ingested (standard)', chosen.region, 'GB'),
      basis: `${LOG_BYTES_PER_REQUEST} bytes per request`,
      resources: [ADDRESSES.serving.endpoint],
    },
    {
      kind: 'free',
      key: 'endpoint.zones',
      label: 'Traffic inside the endpoint',
      category: 'network',
      why: `the endpoint's load balancing over ${fleet.availabilityZones} zones is in the instance price`,
      basis: `instances × ${HOURS_PER_MONTH} h`,
      resources: [ADDRESSES.serving.endpoint],
    },
    ...egressPurchases(chosen.region, fleet.tokens.egressGbPerMonth, market.prices),
    ...leavingAws(fleet, chosen.region, market.prices, fleet.tokens.egressGbPerMonth),
    ...staffed(OPERATES, fleet, market),
  ],
});

/** Instance types with accelerators that SageMaker sells in a region, or the one that is pinned. */
function endpointInstances(
  { region, instance, purchase }: Asked,
  { catalog, prices }: Market,
): NodeOffering[] {
  const isSold = (service: string, sku: string) =>
    isListed(prices, { service, sku, region, term: 'on-demand' });
  return acceleratorInstances(catalog, instance).flatMap((shape): NodeOffering[] => {
    const { accelerator, sagemaker } = shape;
    if (accelerator === null || sagemaker === null) return [];
    if (!isSold('sagemaker', sagemaker) && !isSold('ec2', shape.id)) return [];
    const price = awsOnDemand('sagemaker', sagemaker, region, 'instance-hour');
    const priceFactor =
      purchase === 'on-demand'
        ? undefined
        : planFactor(prices, sagemaker, SAVINGS_PLANS[purchase].factorTerm, region);
    const factor = priceFactor === undefined ? undefined : prices.price(priceFactor);
    return [
      {
        ...nodeShape(shape, accelerator),
        id: `${sagemaker}/${purchase}`,
        shape: sagemaker,
        region,
        purchase,
        hourly: withFactor(prices.price(price), factor),
        price,
        ...(priceFactor === undefined ? {} : { priceFactor }),
      },
    ];
  });
}

/** Instances by the hour and under a plan, and what a plan still asks for after the horizon. */
function instanceHours(fleet: PlacedFleet, { region, purchase }: Asked, market: Market): Purchase[] {
  const termMonths = termOf(purchase);
  const additions = additionsOf(fleet, termMonths, { service: 'sagemaker', region }, market.prices);
  return [
    ...nodeHours(fleet, {
      key: 'endpoint.instance',
      addedKey: 'endpoint.added',
      committedKey: 'endpoint.committed',
      ...(additions === undefined ? {} : { additions }),
      resources: [ADDRESSES.serving.endpoint],
    }),
    ...unusedCommitment(fleet, termMonths, market.horizonMonths, additions?.termPaysFromMonths),
  ];
}

/** One on errors, and one that wakes an endpoint without copies. */
function alarms(fleet: PlacedFleet, region: string): Purchase {
  const wakes = fleet.policy === 'scale-to-zero';
  const count = endpointsOf(fleet) + (wakes ? 1 : 0);
  return {
    kind: 'recurring',
    key: 'endpoint.alarm',
    label: wakes ? 'Alarms on errors and to wake it' : 'Alarm on errors',
    category: 'platform',
    quantityPerMonth: count,
    price: awsOnDemand('cloudwatch', 'Alarm standard resolution', region, 'alarm-month'),
    basis: counted(count, 'alarm'),
    resources: [ADDRESSES.serving.endpoint],
  };
}

/** That of the model, and one for each model around it that has instances of its own. */
function endpointsOf({ nodes }: PlacedFleet): number {
  return nodes.length;
}

function counted(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}

/** Months of its plan; `null` by the hour. */
function termOf(purchase: PurchaseOption): number | null {
  return purchase === 'on-demand' ? null : SAVINGS_PLANS[purchase].termMonths;
}
