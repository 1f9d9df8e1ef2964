import { awsSeller } from '#lib/catalog/aws-sellers';
import * as z from 'zod';
import { acceleratorInstances, awsRegions, isListed, nodeShape } from '#lib/targets/aws/aws-instances';
import { AwsRegion, Instance, Nat, vpc, Zones } from '#lib/targets/aws/aws-knobs';
import { asBlocks, CAPACITY_BLOCK } from '#lib/targets/aws/capacity-block';
import { leastTermShare } from '#lib/targets/lease/lease-contract';
import { clusterPurchases } from '#lib/targets/aws/aws-eks-cluster';
import { crossZonePurchases, egressPurchases, networkPurchases } from '#lib/targets/aws/aws-network';
import { MIRROR_KNOBS, mirrorsOf } from '#lib/targets/knobs/mirrors';
import { knob } from '#lib/targets/port/knob';
import type { NodeOffering } from '#lib/targets/port/offering';
import { leavingAws } from '#lib/targets/purchases/leaving-data';
import { licencePurchases, NvidiaAiEnterprise } from '#lib/targets/purchases/licence';
import { unusedCommitment } from '#lib/targets/purchases/unused-commitment';
import { singleGpuNodes } from '#lib/targets/port/reader-support';
import { staffed } from '#lib/targets/layers/staffed';
import { listedReference, withFactor } from '#lib/targets/purchases/price-references';
import { additionsOf, planFactor, SAVINGS_PLANS } from '#lib/targets/aws/savings-plans';
import { BARE_SITE, type Site } from '#lib/targets/port/site';
import { defineTarget, type Market, type Operates } from '#lib/targets/target';

const PurchaseOption = z.enum(['on-demand', 'spot', 'savings-plan-1y', 'savings-plan-3y', 'capacity-block']);
type PurchaseOption = z.output<typeof PurchaseOption>;

/** Which price list a purchase option is billed from, and the term of its factor where it has one. */
const TERMS: Readonly<
  Record<
    PurchaseOption,
    { service: string; term: string; factorTerm: string | null; termMonths: number | null }
  >
> = {
  'on-demand': { service: 'ec2', term: 'on-demand', factorTerm: null, termMonths: null },
  spot: { service: 'ec2-spot', term: 'spot', factorTerm: null, termMonths: null },
  'savings-plan-1y': { service: 'ec2', term: 'on-demand', ...SAVINGS_PLANS['savings-plan-1y'] },
  'savings-plan-3y': { service: 'ec2', term: 'on-demand', ...SAVINGS_PLANS['savings-plan-3y'] },
  'capacity-block': {
    service: 'ec2-capacity-block',
    term: 'capacity-block',
    factorTerm: null,
    termMonths: null,
  },
};

const SYSTEM_NODES = { count: 2, vcpus: 4, memoryGib: 16 };

const knobs = z.strictObject({
  region: AwsRegion,
  instance: Instance,
  purchase: knob(PurchaseOption.default('on-demand'), {
    description: 'How the GPU nodes are bought',
    unit: 'id',
    example: 'on-demand',
  }),
  zones: Zones,
  ...MIRROR_KNOBS,
  nat: Nat,
  nvidiaAiEnterprise: NvidiaAiEnterprise,
  kubernetesVersion: knob(
    z
      .string()
      .regex(/^1\.\d{2}$/, 'a minor version: 1.35')
      .default('1.35'),
    { description: 'Kubernetes minor version of the cluster', unit: 'version', example: '1.35' },
  ),
});

const OPERATES: Operates = {
  facility: 'provider',
  hardware: 'provider',
  network: 'you',
  'operating-system': 'you',
  kubernetes: 'provider',
  'model-server': 'you',
  model: 'you',
  'vector-store': 'you',
};

export const awsEks = defineTarget({
  id: 'aws-eks',
  title: 'Amazon EKS with GPU nodes',
  mode: 'hardware',
  supplies: 'node',
  nodeTerms: {
    knob: 'purchase',
    shapeKnob: 'instance',
    hourly: 'on-demand',
    committed: [
      { term: 'savings-plan-1y', months: 12 },
      { term: 'savings-plan-3y', months: 36 },
    ],
  },
  scaling: {
    policies: ['fixed', 'scheduled', 'autoscaled'],
    otherwise: 'nothing in the cluster holds a request while no replica runs and starts one for it',
    // The node autoscaler is told this time; its default is ten minutes.
    pace: { start: 'node.start-seconds.image-pulled', leastCooldownSeconds: 60, releaseSeconds: 120 },
  },
  provisioner: 'cdk',
  operates: OPERATES,
  readers: {
    forms: ['managed', 'gpu', 'cpu'],
    sharesNodes: true,
    // They must stand: whatever may be taken back or runs out is bought on demand.
    nodes: ({ region, purchase }, market) => {
      const lasting = TERMS[purchase].termMonths === null ? 'on-demand' : purchase;
      return singleGpuNodes(gpuNodes({ region, purchase: lasting }, market), market);
    },
  },
  vectorStores: [
    'opensearch-serverless',
    's3-vectors',
    'aurora-pgvector',
    'opensearch-domain',
    'qdrant',
    'milvus',
    'cloudnative-pg',
    'weaviate',
  ],
  engines: ['vllm', 'sglang', 'triton'],
  difficulty: 3,
  customisable: 'weights and engine',
  cutsAccelerators: true,
  knobs,
  regions: awsRegions,
  leadTime: () => ({ assumption: 'lead-time.cloud-quota.days' }),
  site: siteOf,
  offerings: gpuNodes,
  purchases: (fleet, chosen, market) => {
    const { prices } = market;
    const site = siteOf(chosen);
    const bytesPerToken = prices.assumption('egress.bytes-per-token').base;
    const additions = additionsOf(
      fleet,
      TERMS[chosen.purchase].termMonths,
      { service: 'ec2', region: chosen.region },
      prices,
    );
    return [
      ...asBlocks(clusterPurchases(fleet, chosen.region, additions), TERMS['capacity-block'].service),
      ...networkPurchases(site, chosen.region, fleet),
      ...crossZonePurchases(site, chosen.region, fleet, bytesPerToken),
      ...egressPurchases(chosen.region, fleet.tokens.egressGbPerMonth, prices),
      ...licencePurchases(chosen.nvidiaAiEnterprise, fleet.gpus),
      ...unusedCommitment(
        fleet,
        TERMS[chosen.purchase].termMonths,
        market.horizonMonths,
        additions?.termPaysFromMonths,
      ),
      ...leavingAws(fleet, chosen.region, prices, fleet.tokens.egressGbPerMonth),
      ...staffed(OPERATES, fleet, market),
    ];
  },
});

/** Instance types with GPUs that are sold so in a region, or the one that is pinned. */
function gpuNodes(
  { region, instance, purchase }: Pick<z.output<typeof knobs>, 'region' | 'instance' | 'purchase'>,
  { catalog, prices, horizonMonths }: Market,
): NodeOffering[] {
  const { service, term, factorTerm } = TERMS[purchase];
  const leastShare =
    purchase === 'capacity-block' ? leastTermShare(CAPACITY_BLOCK, { horizonMonths, prices }) : null;
  return acceleratorInstances(catalog, instance).flatMap((shape): NodeOffering[] => {
    if (shape.accelerator === null || !isListed(prices, { service, sku: shape.id, region, term })) return [];
    const price = listedReference(prices, {
      seller: awsSeller(region),
      service,
      sku: shape.id,
      region,
      term,
      unit: 'instance-hour',
    });
    const priceFactor = factorTerm === null ? undefined : planFactor(prices, shape.id, factorTerm, region);
    const factor = priceFactor === undefined ? undefined : prices.price(priceFactor);
    return [
      {
        ...nodeShape(shape, shape.accelerator),
        id: `${shape.id}/${purchase}`,
        shape: shape.id,
        region,
        purchase,
        hourly: withFactor(prices.price(price), factor),
        price,
        ...(priceFactor === undefined ? {} : { priceFactor }),
        ...(leastShare === null ? {} : { leastTermShare: leastShare }),
      },
    ];
  });
}

function siteOf(chosen: z.output<typeof knobs>): Site {
  const notes = {
    'on-demand': [],
    spot: ['spot nodes can be taken back with two minutes of notice; the spares do not cover that'],
    'savings-plan-1y': [],
    'savings-plan-3y': [],
    'capacity-block': [
      'a capacity block is prepaid, dated and ends after at most 182 days; the next is at the price of then (capacity-block.renewal.price-ratio-per-year)',
    ],
  }[chosen.purchase];
  return {
    ...BARE_SITE,
    ...mirrorsOf(chosen),
    ...vpc(chosen.region, chosen.zones, chosen.nat),
    bringsNetwork: true,
    kubernetesVersion: chosen.kubernetesVersion,
    systemNodes: SYSTEM_NODES,
    cpuSeller: 'aws',
    elastic: chosen.purchase !== 'capacity-block',
    cannotGrow:
      chosen.purchase === 'capacity-block' ? 'a capacity block has the nodes that it was bought with' : null,
    notes,
  };
}
