import { labelsOf } from '#constructs/kubernetes/labels';
import { digestOf, fileKey } from '#constructs/kubernetes/model-server/engine-files';
import type { FleetSlice } from '#constructs/kubernetes/model-server/fleet-slice';
import { linkClaims } from '#constructs/kubernetes/model-server/host-links';
import { MODEL_SERVER, PRE_STOP_SECONDS, WEIGHTS_PATH } from '#constructs/kubernetes/model-server/names';
import { placement } from '#constructs/kubernetes/model-server/placement';
import { livenessProbe, readinessProbe, startupProbe } from '#constructs/kubernetes/model-server/probes';
import { weightsVolume, type WeightsVolume } from '#constructs/kubernetes/model-server/weights';
import { acceleratorResource } from '#constructs/kubernetes/model-server/accelerator-resource';

/** Time that stopping needs beyond draining: the process winds down. */
const TEAR_DOWN_SECONDS = 15;
/** Compiled kernels and other caches. */
const HOME_GIB = 10;
const WORLD_READABLE = 0o444;

/** The leader of a replica answers requests; workers, where it has any, compute their share and serve nothing. */
export type PodRole = 'leader' | 'worker';

/** The template of one pod: meets Pod Security `restricted`. */
export function modelServerPod(slice: FleetSlice, weights: WeightsVolume, role: PodRole = 'leader'): object {
  const { launch } = slice.serving;
  const labels = labelsOf({ ...slice, component: 'inference' });
  return {
    metadata: {
      labels: { ...labels, ...slice.fleetLabels },
      annotations: {
        // Files are mounted by sub-path, which never updates: a change must make new pods.
        'landfall/engine-files': digestOf(launch.files),
        ...(role === 'worker'
          ? {}
          : { 'prometheus.io/scrape': 'true', 'prometheus.io/port': String(launch.metricsPort) }),
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
      ...linkClaims(slice).pod,
      containers: [container(slice, weights, role)],
      volumes: [
        weightsVolume(slice.serving.weightsVolumeGib, weights),
        {
          name: 'shared-memory',
          emptyDir: { medium: 'Memory', sizeLimit: `${slice.serving.pod.sharedMemoryGib}Gi` },
        },
        { name: 'home', emptyDir: { sizeLimit: `${HOME_GIB}Gi` } },
        ...(launch.files.length === 0
          ? []
          : [{ name: 'engine-files', configMap: { name: slice.name, defaultMode: WORLD_READABLE } }]),
      ],
    },
  };
}

function container(slice: FleetSlice, weights: WeightsVolume, role: PodRole): object {
  const { launch, pod, weightsVolumeGib } = slice.serving;
  // Unclaimed, a node may run out of disk while weights load, and evict the pod.
  const localDisk = weights.on === 'node' ? { 'ephemeral-storage': `${weightsVolumeGib + HOME_GIB}Gi` } : {};
  const gpus = acceleratorResource(slice);
  return {
    name: slice.name,
    image: `${launch.image.repository}:${launch.image.tag}`,
    imagePullPolicy: 'IfNotPresent',
    ...(launch.command === undefined ? {} : { command: launch.command }),
    args: role === 'worker' ? launch.workerArgs : launch.args,
    env: environment(slice),
    ...(role === 'worker' ? {} : { ports: ports(slice) }),
    resources: {
      requests: { cpu: pod.cpu, memory: `${pod.memoryGib}Gi`, ...gpus, ...localDisk },
      // What lies in shared memory counts as the container's own.
      limits: { memory: `${pod.memoryGib + pod.sharedMemoryGib}Gi`, ...gpus },
      ...linkClaims(slice).container,
    },
    securityContext: {
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      privileged: false,
      // NVIDIA's CDI hook writes into the root file system of some runtimes: a read-only one keeps pods from starting.
      readOnlyRootFilesystem: false,
    },
    // A worker serves no HTTP: when it ends, its whole replica is made anew.
    ...(role === 'worker'
      ? {}
      : {
          startupProbe: startupProbe(slice.serving),
          readinessProbe: readinessProbe(slice.serving),
          livenessProbe: livenessProbe(slice.serving),
        }),
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

function environment(slice: FleetSlice): object[] {
  const { launch } = slice.serving;
  const plain = { ...launch.environment, HF_HOME: WEIGHTS_PATH };
  return [
    ...Object.entries(plain).map(([name, value]) => ({ name, value })),
    ...(launch.addressVariables ?? []).map((name) => ({
      name,
      valueFrom: { fieldRef: { fieldPath: 'status.podIP' } },
    })),
    // Gated models need it, others do without: the Secret may be absent.
    { name: 'HF_TOKEN', valueFrom: { secretKeyRef: { name: 'hugging-face', key: 'token', optional: true } } },
  ];
}

function ports(slice: FleetSlice): object[] {
  const { port, metricsPort } = slice.serving.launch;
  const http = { name: 'http', containerPort: port, protocol: 'TCP' };
  return port === metricsPort
    ? [http]
    : [http, { name: 'metrics', containerPort: metricsPort, protocol: 'TCP' }];
}
