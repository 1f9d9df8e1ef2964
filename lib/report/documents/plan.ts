import * as z from 'zod';
import { ANSWER_MODES } from '#lib/catalog/models';
import type { NodePool, Plan } from '#lib/plan/plan';
import {
  band,
  count,
  described,
  figure,
  flag,
  orNull,
  share,
  text,
  texts,
  usd,
} from '#lib/report/documents/figure';
import { growthSchema } from '#lib/report/documents/growth';
import { purchaseSchema } from '#lib/report/documents/purchase';
import { retrievalSchema } from '#lib/report/documents/retrieval';
import { commitmentSchema, scalingSchema } from '#lib/report/documents/scaling';
import { servingPlanSchema } from '#lib/report/documents/serving-plan';
import { redundancySchema, servingSizingSchema } from '#lib/report/documents/sizing';

const nodePool = z
  .strictObject({
    id: z.string(),
    role: z.enum(['gpu', 'cpu']),
    shape: text('Cloud instance type, or the id of a server shape'),
    accelerator: z.string().nullable(),
    productLabel: described(z.string().nullable(), 'Value of the node label `nvidia.com/gpu.product`'),
    gpusPerNode: count('GPUs of one node'),
    hostsPerNode: count('Hosts of one node, where it is a rack of them; 1 where absent').optional(),
    slices: described(
      z.strictObject({
        profile: text('As NVIDIA names the slice: `3g.40gb`'),
        perAccelerator: count('Slices of one GPU'),
      }),
      'Absent where replicas stand on whole GPUs',
    ).optional(),
    nodes: z.strictObject({
      min: count('Fewest nodes'),
      desired: count('Nodes'),
      max: count('Most nodes'),
    }),
    purchase: text('How the nodes are paid for: `on-demand`, `reserved-1y`, …'),
    zones: texts('Zones that the pool reaches'),
    rootDiskGib: figure('Root volume of one node', 'GiB'),
    architecture: described(z.enum(['x86_64', 'arm64']), "Of the nodes' processors"),
    efaInterfaces: count('Elastic Fabric Adapters of one node'),
    efaOnPrimary: flag('Whether the first network card carries EFA too'),
    localDiskGb: figure('Disk inside one node', 'GB'),
  })
  .meta({ id: 'NodePool', description: 'One homogeneous set of nodes' }) satisfies z.ZodType<NodePool>;

const managed = z.strictObject({
  modelId: text("The provider's id of the model"),
  profile: described(z.enum(['in-region', 'regional', 'global']), 'Where the provider may route a request'),
  guardrail: flag('Whether a content guardrail stands before the model'),
  imported: described(
    z.strictObject({
      unitVersion: text('Version of the unit that copies are billed in'),
      unitsPerCopy: band('Units of one copy', 'units'),
      copiesAtPeak: count('Copies in the busiest minute of the month that is planned for'),
      billedHours: band('Hours of copies that a month is billed for', 'hours'),
      weightsGb: figure('Weights to import from', 'GB'),
    }),
    "Weights that the provider was given; absent where the model is the provider's own",
  ).optional(),
  provisioned: described(
    z.strictObject({
      modelUnits: count('Model units that are bought'),
      term: described(z.enum(['none', '1-month', '6-months']), 'How long they are committed to'),
      headroom: figure('What they serve beyond the peak; 0 where nobody says what one serves', 'share'),
    }),
    'Throughput that is bought by the unit; absent where use is paid',
  ).optional(),
});

const network = z.strictObject({
  region: z.string().nullable(),
  zones: texts('Availability zones'),
  vpcCidr: z.string().nullable(),
  natGateways: count('NAT gateways'),
  interfaceEndpoints: texts("Interface endpoints by the service's short name"),
});

const cluster = z.strictObject({
  kubernetesVersion: z.string(),
  name: z.string(),
  namespace: z.string(),
  imageRegistry: text(
    'Registry that all images are pulled through; each from its own where absent',
  ).optional(),
});

const facility = z.strictObject({
  servers: count('Servers'),
  itKw: figure('Power drawn by the machines', 'kW'),
  racks: count('Racks'),
  serversPerRack: count('Servers in one rack'),
  kwPerRack: figure('Power of one rack', 'kW'),
  cooling: z.enum(['air', 'rear-door', 'liquid']),
  limitedBy: described(z.enum(['power', 'height', 'weight']), 'What keeps more servers out of a rack'),
});

const demand = z.strictObject({
  requestsPerMonth: figure('Requests', 'per month'),
  inputTokensPerMonth: figure('Input tokens', 'tokens/month'),
  cachedInputTokensPerMonth: figure('Input tokens that the prefix cache holds', 'tokens/month'),
  outputTokensPerMonth: figure('Output tokens', 'tokens/month'),
  growthPerMonth: figure('Growth, compounded monthly', 'share per month'),
  ramp: described(
    z.strictObject({
      months: figure('From the launch to the full traffic', 'months'),
      startShare: share('Of the full traffic, in the first month'),
    }),
    'Traffic of the first months',
  ).optional(),
  seasonality: described(
    z.array(z.number()),
    'Twelve factors, the first for the month after the launch',
  ).optional(),
});

/** `landfall/plan/v1`. */
export const planSchema = z.strictObject({
  schema: z.literal('landfall/plan/v1'),
  environment: z.string(),
  scenario: z.string(),
  option: z.string(),
  target: z.string(),
  model: z.strictObject({ id: z.string(), name: z.string(), repository: z.string().nullable() }),
  network: described(network, 'Where it runs and what it reaches'),
  cluster: described(cluster.nullable(), 'Kubernetes cluster, where there is one'),
  nodePools: z.array(nodePool),
  serving: described(
    servingPlanSchema.nullable(),
    'A model server that you run; `null` where the provider does',
  ),
  managed: described(managed.nullable(), 'A model that the provider runs'),
  retrieval: described(
    retrievalSchema.nullable(),
    'Vector store and the models around it, where the scenario retrieves',
  ),
  facility: described(facility.nullable(), 'Racks and power of hardware that you place'),
  sizing: described(servingSizingSchema.nullable(), '`null` for a managed model'),
  choice: described(
    z.strictObject({
      weighedUsdPerMonth: orNull(usd('The whole bill over the horizon that decided, a month')),
      othersMoreUsdPerMonth: orNull(usd('What any other node that is offered costs more, at least, a month')),
    }),
    'By what model, format and nodes were chosen; absent where the provider runs the model',
  ).optional(),
  growth: described(
    growthSchema,
    'How the fleet follows a demand that outgrows it; absent where it stays as it is deployed',
  ).optional(),
  scaling: described(scalingSchema, 'How nodes come and go; absent where all stand all month').optional(),
  commitment: described(
    commitmentSchema,
    'Base load bought for a term; absent where there is none',
  ).optional(),
  redundancy: described(redundancySchema.nullable(), 'What is left while something is down'),
  demand: described(demand, 'Of the first month'),
  quality: described(
    z
      .strictObject({
        metric: z.string(),
        score: figure('After the loss of the weight format', 'score'),
        recovery: figure('Score kept by the weight format; may exceed 1', 'share'),
        published: described(
          z.strictObject({
            score: figure('Before the loss', 'score'),
            mode: described(z.enum(ANSWER_MODES).nullable(), '`null` where the publisher does not say'),
            source: described(z.string().nullable(), '`null`: the environment states its own measurement'),
          }),
          'What the score is made of',
        ),
        recoverySource: described(
          z.string().nullable(),
          'Of what the format keeps; `null` where it is served as published or nobody measured it',
        ),
      })
      .nullable(),
    '`null` where no score is published',
  ),
  leadTimeDays: band('Until the first request is served', 'days'),
  leadTimeAssumption: text('The assumption that the lead time comes from'),
  purchases: z.array(purchaseSchema),
  notes: texts('Assumed or risky, but valid'),
}) satisfies z.ZodType<Plan>;
