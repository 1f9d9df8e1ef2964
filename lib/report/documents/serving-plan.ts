import * as z from 'zod';
import { KV_PRECISIONS, PRECISIONS } from '#lib/catalog/precision';
import type { EngineLaunch, SagemakerLaunch } from '#lib/engines/engine';
import type { ServingPlan } from '#lib/plan/plan';
import { count, described, figure, text, texts } from '#lib/report/documents/figure';

const sagemaker = z.strictObject({
  image: z.strictObject({ repository: z.string(), tag: z.string() }),
  environment: z.record(z.string(), z.string()),
  hostImage: text("Host image whose GPU driver is new enough for the container's CUDA"),
  copiesVariable: text('Variable that says how many replicas the container runs side by side'),
}) satisfies z.ZodType<SagemakerLaunch>;

const launch = z.strictObject({
  image: z.strictObject({ repository: z.string(), tag: z.string() }),
  command: texts("Replaces the image's entry point").optional(),
  args: z.array(z.string()),
  environment: z.record(z.string(), z.string()),
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
}) satisfies z.ZodType<EngineLaunch>;

/** A model server, decided to the last flag. */
export const servingPlanSchema = z.strictObject({
  engine: z.string(),
  launch: described(launch, 'What runs in the container'),
  servedName: text('Name under which clients ask for the model'),
  precision: described(z.enum(PRECISIONS), 'Weight format'),
  kvPrecision: described(z.enum(KV_PRECISIONS), 'Format of the KV cache'),
  replicas: z.strictObject({
    min: count('Fewest replicas'),
    desired: count('Replicas'),
    max: count('Most replicas'),
  }),
  gpusPerReplica: count('GPUs of one replica'),
  nodesPerReplica: count('Nodes that one replica spans'),
  promptReplicas: count('Replicas that compute prompts alone; absent where one fleet does both').optional(),
  pod: z.strictObject({
    cpu: text('As Kubernetes writes it'),
    memoryGib: figure('Memory of the pod', 'GiB'),
    sharedMemoryGib: figure('`/dev/shm` of the pod', 'GiB'),
  }),
  startupBudgetSeconds: figure('Longest time from start to first answer', 's'),
  scaleAtWaiting: figure('Waiting requests per replica above which one more is started', 'requests'),
  weightsVolumeGib: figure('The checkpoint and the next one beside it', 'GiB'),
  nodePool: z.string(),
}) satisfies z.ZodType<ServingPlan>;
