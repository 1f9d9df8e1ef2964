import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';
import { labelsOf, selectorOf } from '#constructs/kubernetes/labels';
import { digestOf, fileKey } from '#constructs/kubernetes/model-server/engine-files';
import { MODEL_SERVER, PRE_STOP_SECONDS, WEIGHTS_PATH } from '#constructs/kubernetes/model-server/names';
import { livenessProbe, readinessProbe, startupProbe } from '#constructs/kubernetes/model-server/probes';
import { weightsVolume, type WeightsVolume } from '#constructs/kubernetes/model-server/weights';
import type { ServingSlice } from '#constructs/kubernetes/serving-slice';

/** Time that stopping needs beyond draining: the process winds down. */
const TEAR_DOWN_SECONDS = 15;
/** Compiled kernels and other caches. */
const HOME_GIB = 10;
const WORLD_READABLE = 0o444;

/** The template of one replica: meets Pod Security `restricted`. */
export function modelServerPod(slice: ServingSlice, weights: WeightsVolume): object {
  const { launch } = slice.serving;
  const labels = labelsOf({ ...slice, name: MODEL_SERVER, component: 'inference' });
  return {
    metadata: {
      labels,
      annotations: {
        // Files are mounted by sub-path, which never updates: a change must make new pods.
        'landfall/engine-files': digestOf(launch.files),
        'prometheus.io/scrape': 'true',
        'prometheus.io/port': String(launch.metricsPort),
      },
    },
    spec: {
      serviceAccountName: MODEL_SERVER,
      automountServiceAccountToken: false,
      // A service named like the engine would set the engine's own variables: VLLM_PORT.
      enableServiceLinks: false,
      terminationGracePeriodSeconds: PRE_STOP_SECONDS + launch.drainSeconds + TEAR_DOWN_SECONDS,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: launch.user.uid,
        runAsGroup: launch.user.gid,
        fsGroup: launch.user.gid,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...placement(slice),
      containers: [container(slice, weights)],
      volumes: [
        weightsVolume(slice.serving.weightsVolumeGib, weights),
        {
          name: 'shared-memory',
          emptyDir: { medium: 'Memory', sizeLimit: `${slice.serving.pod.sharedMemoryGib}Gi` },
        },
        { name: 'home', emptyDir: { sizeLimit: `${HOME_GIB}Gi` } },
        ...(launch.files.length === 0
          ? []
          : [{ name: 'engine-files', configMap: { name: MODEL_SERVER, defaultMode: WORLD_READABLE } }]),
      ],
    },
  };
}

/** On the planned nodes, spread as far as they allow. */
function placement(slice: ServingSlice): object {
  const { productLabel } = slice.nodePool;
  const labelSelector = { matchLabels: selectorOf({ ...slice, name: MODEL_SERVER }) };
  const spread = (topologyKey: string) => ({
    maxSkew: 1,
    topologyKey,
    whenUnsatisfiable: 'ScheduleAnyway',
    labelSelector,
  });
  return {
    ...(productLabel === null ? {} : { nodeSelector: { 'nvidia.com/gpu.product': productLabel } }),
    tolerations: [{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }],
    topologySpreadConstraints: [spread('kubernetes.io/hostname'), spread('topology.kubernetes.io/zone')],
  };
}

function container(slice: ServingSlice, weights: WeightsVolume): object {
  const { launch, pod, gpusPerReplica, weightsVolumeGib } = slice.serving;
  // Unclaimed, a node may run out of disk while weights load, and evict the pod.
  const localDisk = weights.on === 'node' ? { 'ephemeral-storage': `${weightsVolumeGib + HOME_GIB}Gi` } : {};
  const gpus = { 'nvidia.com/gpu': String(gpusPerReplica) };
  return {
    name: MODEL_SERVER,
    image: `${launch.image.repository}:${launch.image.tag}`,
    imagePullPolicy: 'IfNotPresent',
    ...(launch.command === undefined ? {} : { command: launch.command }),
    args: launch.args,
    env: environment(slice),
    ports: ports(slice),
    resources: {
      requests: { cpu: pod.cpu, memory: `${pod.memoryGib}Gi`, ...gpus, ...localDisk },
      // What lies in shared memory counts as the container's own.
      limits: { memory: `${pod.memoryGib + pod.sharedMemoryGib}Gi`, ...gpus },
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      // NVIDIA's CDI hook writes into the root file system of some runtimes: a read-only one keeps pods from starting.
      readOnlyRootFilesystem: false,
    },
    startupProbe: startupProbe(slice.serving),
    readinessProbe: readinessProbe(slice.serving),
    livenessProbe: livenessProbe(slice.serving),
    // Endpoints are withdrawn while this sleeps, so that no request meets a closed port.
    lifecycle: { preStop: { exec: { command: ['sleep', String(PRE_STOP_SECONDS)] } } },
    volumeMounts: [
      { name: 'weights', mountPath: WEIGHTS_PATH },
      { name: 'shared-memory', mountPath: '/dev/shm' },
      { name: 'home', mountPath: launch.user.home },
      ...launch.files.map(({ path }, index) => ({
        name: 'engine-files',
        mountPath: path,
        subPath: fileKey(index, path),
        readOnly: true,
      })),
    ],
  };
}

function environment(slice: ServingSlice): object[] {
  const plain = { ...slice.serving.launch.environment, HF_HOME: WEIGHTS_PATH };
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    // Gated models need it, others do without: the Secret may be absent.
    { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hugging-face', key: 'token', optional: true } } },
  ];
}

function ports(slice: ServingSlice): object[] {
  const { port, metricsPort } = slice.serving.launch;
  const http = { name: 'http', containerPort: port, protocol: 'TCP' };
  return port === metricsPort
    ? [http]
    : [http, { name: 'metrics', containerPort: metricsPort, protocol: 'TCP' }];
}

/** The Deployment around the template. Without `replicas` an autoscaler owns their number. */
export function modelServerDeployment(slice: ServingSlice, weights: WeightsVolume): KubernetesObject {
  const { replicas, startupBudgetSeconds } = slice.serving;
  const autoscaled = replicas.max > replicas.min;
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: {
      name: MODEL_SERVER,
      namespace: slice.cluster.namespace,
      labels: labelsOf({ ...slice, name: MODEL_SERVER, component: 'inference' }),
    },
    spec: {
      ...(autoscaled ? {} : { replicas: replicas.desired }),
      selector: { matchLabels: selectorOf({ ...slice, name: MODEL_SERVER }) },
      // GPUs for one more replica are seldom free.
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } },
      minReadySeconds: 10,
      revisionHistoryLimit: 3,
      // The image, some 10 GB, is pulled before the startup budget begins.
      progressDeadlineSeconds: startupBudgetSeconds + 900,
      template: modelServerPod(slice, weights),
    },
  };
}
