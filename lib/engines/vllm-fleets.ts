import type { EngineSlot, FleetRole, PodGroup, RouterLaunch } from '#lib/engines/engine';

/** Port on which the processes of a replica that spans pods meet: vLLM's own default. */
const RENDEZVOUS_PORT = 29_500;
const ROUTER_PORT = 8080;
const ROUTER_METRICS_PORT = 29_000;
/** Requests that outlive a prompt fleet's lease are computed anew: fail, so that the router tries another pod. */
const TRANSFER = { kv_connector: 'NixlConnector', kv_load_failure_policy: 'fail' } as const;

/** Variables that vLLM takes the pod's own address from, which others connect to. */
export function addressVariables({ group, fleet }: EngineSlot): readonly string[] {
  return [
    ...(group === undefined ? [] : ['VLLM_HOST_IP']),
    ...(fleet === undefined ? [] : ['VLLM_NIXL_SIDE_CHANNEL_HOST']),
  ];
}

/** One replica over several pods by vLLM's multiprocessing back end; the workers serve no HTTP. */
export function groupFlags(group: PodGroup | undefined, role: 'leader' | 'worker'): readonly string[] {
  if (group === undefined) return [];
  return [
    '--distributed-executor-backend',
    'mp',
    '--nnodes',
    String(group.pods),
    '--node-rank',
    group.index,
    '--master-addr',
    group.leader,
    '--master-port',
    String(RENDEZVOUS_PORT),
    ...(role === 'worker' ? ['--headless'] : []),
  ];
}

/** The cache of a prompt goes from one fleet to the other by NIXL. */
export function transferFlags(fleet: FleetRole | undefined): readonly string[] {
  if (fleet === undefined) return [];
  const kv_role = fleet.serves === 'prompts' ? 'kv_producer' : 'kv_consumer';
  return ['--kv-transfer-config', JSON.stringify({ ...TRANSFER, kv_role })];
}

/**
 * vllm-project/router, which asks a pod of the first fleet for the prompt and one of the second for the answer. It
 * finds both by their labels. Its flags: `docs/cli_reference.md` there.
 */
export function routerOf(fleet: FleetRole, imageTag: string): RouterLaunch {
  return {
    image: { repository: 'vllm/vllm-router', tag: imageTag },
    args: [
      'vllm-router',
      '--vllm-pd-disaggregation',
      '--kv-connector',
      'nixl',
      '--service-discovery',
      '--service-discovery-namespace',
      fleet.namespace,
      '--service-discovery-port',
      '8000',
      '--prefill-selector',
      fleet.prompts,
      '--decode-selector',
      fleet.answers,
      // Prompts that begin alike go to the pod that has their cache; answers to the less busy of two.
      '--prefill-policy',
      'cache_aware',
      '--decode-policy',
      'power_of_two',
      '--host',
      '0.0.0.0',
      '--port',
      String(ROUTER_PORT),
      '--prometheus-host',
      '0.0.0.0',
      '--prometheus-port',
      String(ROUTER_METRICS_PORT),
    ],
    port: ROUTER_PORT,
    metricsPort: ROUTER_METRICS_PORT,
    readinessPath: '/readiness',
    livenessPath: '/liveness',
    user: { uid: 65_532, gid: 65_532 },
  };
}
