import * as z from 'zod';
import type { Purchase } from '#lib/catalog/purchase';
import { roundTo } from '#lib/units/money';
import { ADDRESSES } from '#lib/targets/port/addresses';
import { hostUnits, hostUnitsBasis } from '#lib/targets/purchases/cpu-hosts';
import { knob } from '#lib/targets/port/knob';
import { LEASED_SELLERS, type LeasedSeller } from '#lib/targets/lease/leased-nodes';
import { nodeHours } from '#lib/targets/purchases/node-hours';
import type { NodeOffering } from '#lib/targets/port/offering';
import { contractPurchases, leastTermShare, RENEWAL_RATIO } from '#lib/targets/lease/lease-contract';
import { leavingData } from '#lib/targets/purchases/leaving-data';
import { licencePurchases, NvidiaAiEnterprise } from '#lib/targets/purchases/licence';
import { MIRROR_KNOBS, mirrorsOf } from '#lib/targets/knobs/mirrors';
import { RDMA_KNOB_NEEDS, RDMA_KNOBS, rdmaFabric } from '#lib/targets/knobs/rdma';
import { READERS_ON_OWN_MACHINES } from '#lib/targets/port/reader-support';
import { staffed } from '#lib/targets/layers/staffed';
import { referenceOf, timesQuantity } from '#lib/targets/purchases/price-references';
import { IN_CLUSTER_STORES, SELF_RUN_LAYERS, SELF_RUN_SITE } from '#lib/targets/layers/self-run';
import { standsStill } from '#lib/targets/port/scaling-support';
import { defineTarget, type Market, type Operates } from '#lib/targets/target';

const knobs = z.strictObject({
  provider: knob(z.enum(['lambda', 'crusoe', 'nebius', 'contract']).default('contract'), {
    description:
      'Whose machines: a provider by its price list, or a contract at the market price of three years',
    unit: 'id',
    example: 'crusoe',
  }),
  nvidiaAiEnterprise: NvidiaAiEnterprise,
  gpu: knob(z.string().min(1).max(40).optional(), {
    description: 'Pins the accelerator; the cheapest that fits without it',
    unit: 'id',
    example: 'h200-sxm',
    catalog: 'accelerators',
  }),
  region: knob(z.string().min(1).max(40).optional(), {
    description: "The provider's region; any that it lists without it",
    unit: 'id',
    example: 'eu-north1',
  }),
  fabricGbps: knob(z.number().gt(0).lte(100_000).optional(), {
    description:
      'All RDMA network cards of a node, one direction, as its contract says; without it no replica exchanges tokens between nodes in every layer',
    unit: 'Gb/s',
    example: 3200,
  }),
  ...RDMA_KNOBS,
  ...MIRROR_KNOBS,
});

/** One price whatever the volume. */
const FLAT_EGRESS = { assumptions: ['leased.egress-usd-per-gb'], steps: [{ from: 0 }], climbedGb: 0 };

const OPERATES: Operates = { facility: 'provider', hardware: 'provider', ...SELF_RUN_LAYERS };

export const leased = defineTarget({
  id: 'leased',
  title: 'Leased GPU servers',
  mode: 'leased hardware',
  supplies: 'node',
  scaling: standsStill(
    'nothing here orders and returns leased servers: they stand until the contract is ended',
  ),
  provisioner: 'terraform',
  operates: OPERATES,
  readers: READERS_ON_OWN_MACHINES,
  vectorStores: IN_CLUSTER_STORES,
  engines: ['vllm', 'sglang', 'triton'],
  difficulty: 3,
  customisable: 'weights and engine',
  cutsAccelerators: true,
  knobNeeds: RDMA_KNOB_NEEDS,
  knobs,
  regions: () => [],
  leadTime: ({ provider }) => ({
    assumption: provider === 'contract' ? 'lead-time.leased.days' : 'lead-time.cloud-quota.days',
  }),
  site: ({ provider, ...mirrors }) => ({
    ...SELF_RUN_SITE,
    ...mirrorsOf(mirrors),
    premises: {
      pue: 'colo.pue',
      powerArea: 'us',
      redundancy: 'n-plus-1',
      rackKw: null,
      preparation: [],
      delivery: provider === 'contract' ? 'lead-time.leased.days' : 'lead-time.cloud-quota.days',
      crossConnects: 0,
      plant: 'provider',
    },
    notes:
      provider === 'contract'
        ? [
            'the contract binds for 36 months, in part paid in advance (leased.contract.upfront-share); what follows it is at the market price of then (leased.renewal.price-ratio-per-year)',
          ]
        : [],
  }),
  offerings: nodeOfferings,
  purchases: (fleet, { provider, nvidiaAiEnterprise }, market): Purchase[] => {
    const { contract }: LeasedSeller = LEASED_SELLERS[provider];
    const nodes = nodeHours(fleet, { key: 'gpu-nodes.lease', resources: [ADDRESSES.hardware.hosts] });
    const cpu = fleet.cpuNodes;
    return [
      ...(contract === undefined ? nodes : contractPurchases(nodes, contract, market, fleet.grows ?? false)),
      ...(cpu.count === 0
        ? []
        : [
            {
              kind: 'assumed',
              key: 'cpu-hosts.lease',
              label: 'CPU hosts: control plane, system pods and store',
              category: 'compute',
              tangible: true,
              quantity: hostUnits(cpu),
              unit: 'unit-month',
              assumptions: ['cpu-host.lease-usd-per-unit-month'],
              when: 'monthly',
              basis: hostUnitsBasis(cpu),
              resources: [ADDRESSES.hardware.hosts],
            } as const,
          ]),
      {
        kind: 'assumed',
        key: 'egress.internet',
        label: 'Answers to callers',
        category: 'network',
        tangible: true,
        quantity: fleet.tokens.egressGbPerMonth,
        unit: 'GB',
        assumptions: ['leased.egress-usd-per-gb'],
        when: 'monthly',
        byUse: true,
        basis: `${roundTo(fleet.tokens.egressGbPerMonth, 3)} GB; most such providers bill none`,
        resources: [],
      },
      ...licencePurchases(nvidiaAiEnterprise, fleet.gpus),
      ...leavingData(fleet, market.prices, FLAT_EGRESS),
      ...staffed(OPERATES, fleet, market),
    ];
  },
});

/** The network of a node as far as its contract says; nothing is claimed of one that nobody speaks of. */
function rented(chosen: z.output<typeof knobs>): Pick<NodeOffering, 'fabric'> {
  const isStated = chosen.fabricGbps !== undefined || chosen.rdmaResource !== undefined;
  return isStated ? { fabric: rdmaFabric(chosen.fabricGbps, chosen) } : {};
}

function nodeOfferings(
  chosen: z.output<typeof knobs>,
  { catalog, prices, horizonMonths }: Market,
): NodeOffering[] {
  const { seller, service, term, nodes, contract }: LeasedSeller = LEASED_SELLERS[chosen.provider];
  const listed = prices.listed({ seller, service, term });
  // Price lists name the accelerators and not always the host around them.
  const host = {
    vcpus: prices.assumption('leased.host.vcpus').base,
    memoryGib: prices.assumption('leased.host.memory-gib').base,
    localDiskGb: prices.assumption('leased.host.local-disk-gb').base,
  };
  const leastShare =
    contract === undefined
      ? 1
      : leastTermShare({ ...contract, ratioPerYear: RENEWAL_RATIO }, { horizonMonths, prices });
  return nodes
    .filter(({ accelerator }) => catalog.accelerators.has(accelerator))
    .filter(({ accelerator }) => chosen.gpu === undefined || chosen.gpu === accelerator)
    .flatMap((node) =>
      listed
        .filter(({ sku, unit }) => sku === node.sku && unit === node.unit)
        .filter(({ region }) => chosen.region === undefined || chosen.region === region)
        .map((record): NodeOffering => {
          const price = referenceOf(record);
          const perNode = node.unit === 'accelerator-hour' ? node.gpus : 1;
          return {
            kind: 'node',
            id: `${record.sku.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')}/${record.region}/${term}`,
            shape: `${chosen.provider}-${node.accelerator}-x${node.gpus}`,
            accelerator: node.accelerator,
            gpus: node.gpus,
            ...host,
            ...rented(chosen),
            region: record.region,
            purchase: term,
            hourly: timesQuantity(prices.price(price), perNode, 'instance-hour'),
            price,
            leastTermShare: leastShare,
            minimumNodes: 1,
          };
        }),
    );
}
