import { isRecord, type Block } from './provider-schema';
import { resolveVariables } from './variable-samples';

/**
 * Reads a synthesized Terraform resource back into the Kubernetes object that the provider would send. Written apart
 * from the adapter under test, and driven by the provider's published schema.
 */
export function toKubernetesObject(
  type: string,
  resource: Record<string, unknown>,
  block: Block,
): Record<string, unknown> {
  if (type === 'kubernetes_manifest') return plain(resource['manifest']) as Record<string, unknown>;
  const kind = KINDS[type];
  if (kind === undefined) throw new Error(`no Kubernetes kind for ${type}`);
  const body = blockToObject(resource, block);
  for (const argument of PROVIDER_ONLY) delete body[argument];
  return { ...kind, ...body };
}

const KINDS: Readonly<Record<string, { readonly apiVersion: string; readonly kind: string }>> = {
  kubernetes_namespace_v1: { apiVersion: 'v1', kind: 'Namespace' },
  kubernetes_service_account_v1: { apiVersion: 'v1', kind: 'ServiceAccount' },
  kubernetes_config_map_v1: { apiVersion: 'v1', kind: 'ConfigMap' },
  kubernetes_persistent_volume_claim_v1: { apiVersion: 'v1', kind: 'PersistentVolumeClaim' },
  kubernetes_service_v1: { apiVersion: 'v1', kind: 'Service' },
  kubernetes_deployment_v1: { apiVersion: 'apps/v1', kind: 'Deployment' },
  kubernetes_stateful_set_v1: { apiVersion: 'apps/v1', kind: 'StatefulSet' },
  kubernetes_daemon_set_v1: { apiVersion: 'apps/v1', kind: 'DaemonSet' },
  kubernetes_job_v1: { apiVersion: 'batch/v1', kind: 'Job' },
  kubernetes_network_policy_v1: { apiVersion: 'networking.k8s.io/v1', kind: 'NetworkPolicy' },
  kubernetes_pod_disruption_budget_v1: { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' },
  kubernetes_horizontal_pod_autoscaler_v2: { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' },
  kubernetes_priority_class_v1: { apiVersion: 'scheduling.k8s.io/v1', kind: 'PriorityClass' },
  kubernetes_resource_quota_v1: { apiVersion: 'v1', kind: 'ResourceQuota' },
  kubernetes_role_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role' },
  kubernetes_role_binding_v1: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'RoleBinding' },
};

/** Arguments that steer Terraform and are no field of the object. */
const PROVIDER_ONLY = [
  'waitForRollout',
  'waitUntilBound',
  'waitForDefaultServiceAccount',
  'waitForLoadBalancer',
  'timeouts',
  'id',
];

/** Blocks whose name is the singular of the API's list. */
const PLURAL: Readonly<Record<string, string>> = {
  container: 'containers',
  init_container: 'initContainers',
  volume: 'volumes',
  volume_mount: 'volumeMounts',
  volume_claim_template: 'volumeClaimTemplates',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  port: 'ports',
  metric: 'metrics',
  policy: 'policies',
  rule: 'rules',
  subject: 'subjects',
  host_aliases: 'hostAliases',
  sources: 'sources',
};

/** Blocks that the provider lists and the API has once. */
const ONCE = new Set(
  'label_selector namespace_selector scale_down scale_up grpc tcp_socket config_map secret projected post_start pre_stop selector'.split(
    ' ',
  ),
);

/** Names that camel case alone does not give. */
const NAMES: Readonly<Record<string, string>> = {
  cluster_ip: 'clusterIP',
  cluster_ips: 'clusterIPs',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  pod_ip: 'podIP',
  external_ips: 'externalIPs',
  external_i_ps: 'externalIPs',
  load_balancer_ip: 'loadBalancerIP',
};

function blockToObject(value: Record<string, unknown>, block: Block): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, content] of Object.entries(value)) {
    const nested = block.block_types?.[name];
    // A container has a lifecycle of its own; that of a resource is Terraform's.
    const isMeta = nested === undefined && ['//', 'depends_on', 'provider', 'lifecycle'].includes(name);
    if (content === null || isMeta) continue;
    if (nested === undefined) {
      const type = block.attributes?.[name]?.type;
      result[camelCase(name)] = attributeValue(content, type, name);
      continue;
    }
    const items = (Array.isArray(content) ? content : [content])
      .filter(isRecord)
      .map((item) => blockToObject(item, nested.block));
    const single = nested.max_items === 1 || nested.nesting_mode === 'single' || ONCE.has(name);
    result[single ? camelCase(name) : (PLURAL[name] ?? camelCase(name))] = single ? (items[0] ?? {}) : items;
  }
  return result;
}

function camelCase(name: string): string {
  return NAMES[name] ?? name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Fields the API takes as a number although the provider's schema says string. */
const NUMBERS = new Set([
  'replicas',
  'run_as_user',
  'run_as_group',
  'fs_group',
  'termination_grace_period_seconds',
  'default_mode',
  'mode',
]);

/** Fields that are a number or a name, number first. */
const NUMBER_OR_TEXT = new Set(['port', 'target_port', 'max_surge', 'max_unavailable', 'min_available']);

function attributeValue(value: unknown, type: unknown, name: string): unknown {
  if (typeof value === 'string') {
    if (name === 'default_mode' || name === 'mode') return Number.parseInt(value, 8);
    if (NUMBERS.has(name) || type === 'number') return Number(value);
    if (NUMBER_OR_TEXT.has(name) && /^\d+$/.test(value)) return Number(value);
  }
  return plain(value);
}

/** Resolves references to variables as Terraform would, then undoes its escapes of template expressions. */
function plain(value: unknown): unknown {
  if (typeof value === 'string')
    return resolveVariables(value).replaceAll('$${', '${').replaceAll('%%{', '%{');
  if (Array.isArray(value)) return value.map(plain);
  if (isRecord(value))
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [plain(key), plain(item)]));
  return value;
}
