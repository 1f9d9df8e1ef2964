import * as z from 'zod';
import type { FollowsFleet } from '#lib/catalog/purchase';
import type { BilledGrowth } from '#lib/cost/estimate';
import type { FleetGrowth } from '#lib/plan/growth/nodes-by-month';
import { count, described, figure, flag, share, usd } from '#lib/report/documents/figure';

const growingReplicas = z.strictObject({
  perDescribedPeak: figure('Replicas that the peak of the described traffic takes, not rounded', 'replicas'),
  beyondLoad: figure('Added so that waiting requests meet the objectives', 'replicas'),
  availability: share('Of the time in which those that the load takes must be up'),
  domains: described(
    z.strictObject({
      replicaUp: share('Of the time in which a replica is up, as far as its own causes go'),
      nodeUp: share('Of the time in which a node is up; 1 where replicas share none'),
      replicasPerNode: count('Replicas that a full node holds, and that fall with it'),
    }),
    'How replicas fail',
  ),
  gpusPerReplica: count('GPUs of one replica'),
  nodesPerReplica: count('Nodes of one replica'),
});

const ownLoad = {
  perDescribedPeak: figure('Servers that the peak of the described traffic takes, not rounded', 'servers'),
  beyondLoad: count('Servers beyond those, whatever the load'),
};

export const growthSchema = z
  .strictObject({
    nodes: count('Nodes that are deployed'),
    gpusPerNode: count('GPUs of one node'),
    partsPerNode: count('What replicas are placed by: GPUs, or the parts that they are cut into'),
    minimumNodes: count('Fewest nodes that are sold'),
    takenParts: count('What models around the served one take of them; absent without any').optional(),
    readers: described(
      z.array(z.strictObject(ownLoad)),
      'Models around the served one on its nodes, each by a load of its own; absent without any',
    ).optional(),
    sizeForMonth: count('Month whose peak the deployed fleet carries'),
    replicas: described(z.array(growingReplicas), 'One fleet, or answers and prompts'),
  })
  .meta({
    id: 'FleetGrowth',
    description: 'What decides how many nodes the demand of a later month takes',
  }) satisfies z.ZodType<FleetGrowth>;

export const followsSchema = z
  .discriminatedUnion('by', [
    z.strictObject({
      by: z.literal('nodes'),
      leftOfTerm: described(
        z.strictObject({
          termMonths: figure('Length of a term', 'months'),
          countedMonths: figure('Months that the quantity counts', 'months'),
        }),
        'Owed at the horizon: what it leaves of the first term of each addition',
      ).optional(),
      monthsLeft: described(
        z.strictObject({
          atLeast: figure('Fewest', 'months').optional(),
          lessThan: figure('Fewer than these', 'months').optional(),
        }),
        'Of the additions, those with so many months until the horizon',
      ).optional(),
      additionsOnly: described(z.literal(true), 'The deployed nodes are in another line').optional(),
    }),
    z.strictObject({
      by: described(z.literal('own-load'), 'Servers for the traffic itself, whatever the fleet does'),
      deployed: count('Servers that the quantity is of'),
      ...ownLoad,
    }),
    z.strictObject({ by: described(z.literal('root-of-nodes'), 'The square root of the nodes') }),
    z.strictObject({
      by: described(z.literal('nodes-of-the-year'), 'The most nodes of each twelve months from the launch'),
    }),
    z.strictObject({
      by: described(z.literal('gpus-between'), 'Paid in the months in which the fleet has so many GPUs'),
      from: count('Fewest GPUs'),
      upTo: described(count('Most GPUs').nullable(), '`null` is without end'),
    }),
  ])
  .meta({
    id: 'FollowsFleet',
    description: 'How the purchase follows a fleet that grows; the quantity is that of the deployed fleet',
  }) satisfies z.ZodType<FollowsFleet>;

export const billedGrowthSchema = z
  .strictObject({
    withoutGrowthMonthlyUsd: usd('If traffic stayed as it is described and the fleet as it is deployed'),
    fleet: described(
      z.array(
        z.strictObject({
          month: count('From this month on; 1 is the first'),
          nodes: count('GPU nodes that stand'),
          gpus: count('Their GPUs'),
        }),
      ),
      'The deployed fleet first; empty where no fleet stands',
    ),
    stays: flag('A fleet stands and is not added to, whatever the traffic'),
  })
  .meta({
    id: 'BilledGrowth',
    description: 'What the growth of the traffic makes of a bill',
  }) satisfies z.ZodType<BilledGrowth>;
