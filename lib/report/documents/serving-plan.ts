import * as z from 'zod';
import { KV_PRECISIONS, PRECISIONS } from '#lib/catalog/precision';
import type { EngineLaunch, RouterLaunch, SagemakerLaunch } from '#lib/engines/engine';
import type { FleetPlan, ServingPlan } from '#lib/plan/plan';
import { count, described, figure, text, texts } from '#lib/report/documents/figure';

const sagemaker = z.strictObject({
  image: z.strictObject({ repository: z.string(), tag: z.string() }),
  environment: z.record(z.string(), z.string()),
  hostImage: text("Host image whose GPU driver is new enough for the container's CUDA"),
  copiesVariable: text('Variable that says how many replicas the container runs side by side'),
}) satisfies z.ZodType<SagemakerLaunch>;

const router = z.strictObject({
  image: z.strictObject({ repository: z.string(), tag: z.string() }),
  args: z.array(z.string()),
  port: z.int(),
  metricsPort: z.int(),
  readinessPath: z.string(),
  livenessPath: z.string(),
  user: z.strictObject({ uid: z.int(), gid: z.int() }),
}) satisfies z.ZodType<RouterLaunch>;

/** What runs in a container. */
export const launchSchema = z.strictObject({
  image: z.strictObject({ repository: z.string(), tag: z.string() }),
  command: texts("Replaces the image's entry point").optional(),
  args: z.array(z.string()),
  workerArgs: texts('Arguments of the other pods where a replica has several').optional(),
  environment: z.record(z.string(), z.string()),
  addressVariables: texts("Variables that hold the pod's own address").optional(),
  files: z.array(z.strictObject({ path: z.string(), content: z.string() })),
  port: z.int(),
  metricsPort: z.int(),
  startupPath: z.string(),
  readinessPath: z.string(),
  livenessPath: z.string(),
  user: z.strictObject({ uid: z.int(), gid: z.int(), home: z.string(), name: z.string() }),
  drainSeconds: figure('Time to finish running requests after SIGTERM', 's'),
  sagemaker: described(sagemaker, 'Absent where AWS has no image of this release').optional(),
  waitingMetric: text("Prometheus gauge of requests that wait; the autoscaler's signal"),
  router: described(router, 'What stands before two fleets; absent where there is one').optional(),
}) satisfies z.ZodType<EngineLaunch>;

/** What a pod claims. */
export const podSchema = z.strictObject({
  cpu: text('As Kubernetes writes it'),
  memoryGib: figure('Memory of the pod', 'GiB'),
  sharedMemoryGib: figure('`/dev/shm` of the pod', 'GiB'),
});

const fleet = z.strictObject({
  launch: described(launchSchema, 'What runs in the container'),
  replicas: z.strictObject({
    min: count('Fewest replicas'),
    desired: count('Replicas'),
    max: count('Most replicas'),
  }),
  gpusPerReplica: count('GPUs of one replica'),
  nodesPerReplica: count('Nodes of the cluster that one replica spans'),
  hostLinks: described(
    z.strictObject({
      joinedLabel: described(
        z.string().nullable(),
        'Label whose value nodes share that the links join; `null` where a replica is wider than what they join',
      ),
    }),
    "Set where GPUs of several hosts reach each other's memory, by a channel that each pod claims",
  ).optional(),
  pod: podSchema.extend({
    fabric: described(
      z.strictObject({ resource: text('Name that a device plugin announces'), devices: count('Devices') }),
      'What it claims of the network between nodes; absent where it talks over TCP or not at all',
    ).optional(),
  }),
  podsDrainedAtOnce: count(
    'Ready pods that drains of nodes may take away at once; absent without a limit',
  ).optional(),
  startupBudgetSeconds: figure('Longest time from start to first answer', 's'),
  scaleAtWaiting: figure('Waiting requests per replica above which one more is started', 'requests'),
}) satisfies z.ZodType<FleetPlan>;

/** A model server, decided to the last flag. */
export const servingPlanSchema = fleet.extend({
  engine: z.string(),
  servedName: text('Name under which clients ask for the model'),
  precision: described(z.enum(PRECISIONS), 'Weight format'),
  kvPrecision: described(z.enum(KV_PRECISIONS), 'Format of the KV cache'),
  promptReplicas: count('Replicas that compute prompts alone; absent where one fleet does both').optional(),
  prompts: described(fleet, 'The fleet that computes prompts alone').optional(),
  weightsVolumeGib: figure('The checkpoint and the next one beside it', 'GiB'),
  nodePool: z.string(),
}) satisfies z.ZodType<ServingPlan>;
