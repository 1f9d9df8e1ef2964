import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';

type Fields = Readonly<Record<string, ArtifactValue>>;

/** Objects that the Terraform provider has a resource for, by its name without prefix and version. */
const KINDS: Readonly<Record<string, string>> = {
  cluster_role: 'rbac.authorization.k8s.io/v1/ClusterRole',
  cluster_role_binding: 'rbac.authorization.k8s.io/v1/ClusterRoleBinding',
  config_map: 'v1/ConfigMap',
  cron_job: 'batch/v1/CronJob',
  daemon_set: 'apps/v1/DaemonSet',
  daemonset: 'apps/v1/DaemonSet',
  deployment: 'apps/v1/Deployment',
  endpoints: 'v1/Endpoints',
  horizontal_pod_autoscaler: 'autoscaling/v1/HorizontalPodAutoscaler',
  horizontal_pod_autoscaler_v2: 'autoscaling/v2/HorizontalPodAutoscaler',
  ingress: 'networking.k8s.io/v1/Ingress',
  ingress_class: 'networking.k8s.io/v1/IngressClass',
  job: 'batch/v1/Job',
  limit_range: 'v1/LimitRange',
  namespace: 'v1/Namespace',
  network_policy: 'networking.k8s.io/v1/NetworkPolicy',
  persistent_volume: 'v1/PersistentVolume',
  persistent_volume_claim: 'v1/PersistentVolumeClaim',
  pod: 'v1/Pod',
  pod_disruption_budget: 'policy/v1/PodDisruptionBudget',
  priority_class: 'scheduling.k8s.io/v1/PriorityClass',
  replication_controller: 'v1/ReplicationController',
  resource_quota: 'v1/ResourceQuota',
  role: 'rbac.authorization.k8s.io/v1/Role',
  role_binding: 'rbac.authorization.k8s.io/v1/RoleBinding',
  runtime_class: 'node.k8s.io/v1/RuntimeClass',
  secret: 'v1/Secret',
  service: 'v1/Service',
  service_account: 'v1/ServiceAccount',
  stateful_set: 'apps/v1/StatefulSet',
  storage_class: 'storage.k8s.io/v1/StorageClass',
};

/** Arguments that steer Terraform and are no field of the object. */
const STEERING = new Set(['id', 'timeouts', 'wait_for_completion', 'wait_for_default_service_account', 'wait_for_load_balancer', 'wait_for_rollout', 'wait_until_bound']); // prettier-ignore

/**
 * Blocks that stand several times, with the field that lists them. All other blocks stand once, though a plan lists
 * them. Source: schema of hashicorp/kubernetes, `max_items` of the blocks.
 */
const LISTED: Readonly<Record<string, string>> = {
  address: 'addresses',
  container: 'containers',
  egress: 'egress',
  env: 'env',
  env_from: 'envFrom',
  from: 'from',
  host_aliases: 'hostAliases',
  http_header: 'httpHeaders',
  image_pull_secret: 'imagePullSecrets',
  image_pull_secrets: 'imagePullSecrets',
  ingress: 'ingress',
  init_container: 'initContainers',
  items: 'items',
  limit: 'limits',
  match_expression: 'matchExpressions',
  match_expressions: 'matchExpressions',
  match_fields: 'matchFields',
  metric: 'metrics',
  node_selector_term: 'nodeSelectorTerms',
  option: 'options',
  path: 'paths',
  policy: 'policies',
  port: 'ports',
  ports: 'ports',
  preferred_during_scheduling_ignored_during_execution: 'preferredDuringSchedulingIgnoredDuringExecution',
  readiness_gate: 'readinessGates',
  required_during_scheduling_ignored_during_execution: 'requiredDuringSchedulingIgnoredDuringExecution',
  rule: 'rules',
  sources: 'sources',
  subject: 'subjects',
  subset: 'subsets',
  sysctl: 'sysctls',
  tls: 'tls',
  to: 'to',
  toleration: 'tolerations',
  topology_spread_constraint: 'topologySpreadConstraints',
  volume: 'volumes',
  volume_claim_template: 'volumeClaimTemplates',
  volume_device: 'volumeDevices',
  volume_mount: 'volumeMounts',
};

/** The same names once only, by the block around them. */
const ONCE: Readonly<Record<string, readonly string[]>> = {
  metric: ['external', 'object', 'pods'],
  port: ['service'],
  required_during_scheduling_ignored_during_execution: ['node_affinity'],
  volume_claim_template: ['ephemeral'],
};

/** Names that camel case alone does not give. */
const NAMES: Readonly<Record<string, string>> = {
  cluster_ip: 'clusterIP',
  cluster_ips: 'clusterIPs',
  external_ips: 'externalIPs',
  host_ipc: 'hostIPC',
  host_pid: 'hostPID',
  load_balancer_ip: 'loadBalancerIP',
  pod_ip: 'podIP',
};

/** Numbers that the provider takes as texts. */
const NUMBERS =
  /^(?:replicas|run_as_user|run_as_group|fs_group|port|target_port|max_surge|max_unavailable|min_available)$/;

/** Mappings whose keys are the user's, not fields. */
const FREE_KEYS =
  /^(?:annotations|labels|match_labels|node_selector|limits|requests|data|binary_data|string_data|selector|parameters|hard|capacity|default|default_request|min|max|volume_attributes)$/;

/** `apps/v1/Deployment` of a `kubernetes_deployment_v1`; `null` for what this reader does not know as an object. */
export function typeOfTyped(type: string): string | null {
  const name = type.replace(/^kubernetes_/, '');
  const plain = name.replace(/_v\d+(?:beta\d+)?$/, '');
  const key = Object.hasOwn(KINDS, name) ? name : plain;
  return type !== name && Object.hasOwn(KINDS, key) ? (KINDS[key] ?? null) : null;
}

/** The fields of the object that a typed resource of the provider describes. */
export function fieldsOfTyped(properties: Fields): Fields {
  return block(Object.fromEntries(Object.entries(properties).filter(([key]) => !STEERING.has(key))), '');
}

function block(fields: Fields, around: string): Fields {
  return Object.fromEntries(
    Object.entries(fields)
      .filter(([, value]) => value !== null)
      .map(([name, value]) => field(name, value, around)),
  );
}

function field(name: string, value: ArtifactValue, around: string): [string, ArtifactValue] {
  if (isFields(value)) {
    // A selector of a Service is the user's mapping, one of a Deployment is a block.
    const isFree = FREE_KEYS.test(name) && !Object.hasOwn(value, 'match_labels');
    const inner = isFree ? value : block(value, name);
    return isListed(name, around) ? [LISTED[name] ?? name, [inner]] : [camelCase(name), inner];
  }
  if (!isList(value) || !value.some(isFields)) return [camelCase(name), scalar(name, value)];
  const items = value.map((item) => (isFields(item) ? block(item, name) : item));
  if (isListed(name, around)) return [LISTED[name] ?? name, items];
  return [camelCase(name), items.length === 1 ? (items[0] ?? null) : items];
}

function isListed(name: string, around: string): boolean {
  return Object.hasOwn(LISTED, name) && ONCE[name]?.includes(around) !== true;
}

function scalar(name: string, value: ArtifactValue): ArtifactValue {
  if (typeof value === 'string' && NUMBERS.test(name) && /^-?\d+$/.test(value)) return Number(value);
  return value;
}

function camelCase(name: string): string {
  if (Object.hasOwn(NAMES, name)) return NAMES[name] ?? name;
  return name.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function isFields(value: ArtifactValue): value is Fields {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && !(value instanceof Unresolved);
}

function isList(value: ArtifactValue): value is readonly ArtifactValue[] {
  return Array.isArray(value);
}
