import { CLUSTER, type ClusterRole } from '#lib/preflight/checks/cluster-names';
import { KUBECTL } from '#lib/preflight/checks/tools';
import type { DeployedObject, Deployment, PreflightRequest } from '#lib/preflight/deployment';
import type { Asks, Kind, Requirement } from '#lib/preflight/requirement';
import { claimsOf, deviceNames, secretsOf } from '#lib/preflight/object-needs';

/** What a group of definitions comes with, by the release of the chart. */
export const GROUPS_OF_CHARTS: Readonly<Record<string, string>> = {
  'leaderworkerset.x-k8s.io': 'lws',
  'keda.sh': 'keda',
  'resource.nvidia.com': 'dra-driver-nvidia-gpu',
  'postgresql.cnpg.io': 'cloudnative-pg',
  'milvus.io': 'milvus-operator',
};

/** What the management cluster must serve before servers are declared to it. */
export const METAL_DEFINITIONS: readonly { readonly apiVersion: string; readonly kind: string }[] = [
  { apiVersion: 'metal3.io/v1alpha1', kind: 'BareMetalHost' },
  { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'Metal3Cluster' },
  { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'Metal3DataTemplate' },
  { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'Metal3MachineTemplate' },
  { apiVersion: 'infrastructure.cluster.x-k8s.io/v1beta2', kind: 'Metal3RemediationTemplate' },
  { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'Cluster' },
  { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'MachineDeployment' },
  { apiVersion: 'cluster.x-k8s.io/v1beta2', kind: 'MachineHealthCheck' },
  { apiVersion: 'controlplane.cluster.x-k8s.io/v1beta2', kind: 'KubeadmControlPlane' },
  { apiVersion: 'bootstrap.cluster.x-k8s.io/v1beta2', kind: 'KubeadmConfigTemplate' },
];

/** Server-side apply and `autoscaling/v2` are there since then. */
const LEAST_KUBERNETES = '1.23';
/** Channels between the GPUs of several hosts: `resource.k8s.io/v1`, and a fix of its release .2. */
const LEAST_WITH_LINKS = '1.34.2';

/** What clusters that Terraform deploys to must have. EKS is asked by its own API: its objects come with its stacks. */
export function clusterRequirements({ deployments, environment }: PreflightRequest): Requirement[] {
  return deployments.flatMap((deployment) => {
    if (deployment.provisioner !== 'terraform' || deployment.plan.cluster === null) return [];
    return [...managementNeeds(deployment), ...workloadNeeds(deployment, environment)];
  });
}

function workloadNeeds(deployment: Deployment, environment: string): Requirement[] {
  const { plan, objects, charts } = deployment;
  const links = [plan.serving, plan.serving?.prompts].some((fleet) => fleet?.hostLinks !== undefined);
  const claims = claimsOf(objects);
  return [
    need('cluster', CLUSTER.workload, 'workload cluster', [KUBECTL], {
      role: 'workload',
      ...(plan.cluster === null ? {} : { version: plan.cluster.kubernetesVersion }),
      atLeast: links ? LEAST_WITH_LINKS : LEAST_KUBERNETES,
      isMade: plan.facility !== null,
    }),
    ...nodeNeeds(deployment),
    ...definitionNeeds('workload', objects, charts),
    ...(claims.classes.length > 0 || claims.usesDefault
      ? [
          need('storage', `cluster.storage.${plan.option}`, 'StorageClass', [CLUSTER.workload], {
            role: 'workload',
            ...claims,
          }),
        ]
      : []),
    ...secretsOf(objects).map(({ namespace, name, keys }) =>
      need('secret', `cluster.secret.${namespace}.${name}`, `secret ${name}`, [CLUSTER.workload], {
        namespace,
        name,
        keys,
        why: 'pods do not start without it',
      }),
    ),
    ...objects.filter(({ kind }) => kind === 'Namespace').map((object) => namespaceNeed(object, environment)),
    ...permissionNeeds('workload', objects, plan.option),
  ];
}

function managementNeeds({ plan }: Deployment): Requirement[] {
  if (plan.facility === null) return [];
  return [
    need('cluster', CLUSTER.management, 'management cluster', [KUBECTL], {
      role: 'management',
      atLeast: LEAST_KUBERNETES,
      isMade: false,
    }),
    ...definitionNeeds('management', METAL_DEFINITIONS, []),
  ];
}

function need<K extends Kind>(
  kind: K,
  id: string,
  subject: string,
  needs: readonly string[],
  asks: Asks<K>,
): Requirement {
  // The kind and what it asks belong together, which TypeScript cannot tell of a generic one.
  return { id, group: 'cluster', subject, needs, kind, asks } as Requirement;
}

/** Devices on nodes of the plan's type: of a rack each host is a node. */
function nodeNeeds({ plan, objects }: Deployment): Requirement[] {
  const fabric = plan.serving?.pod.fabric?.resource;
  const devices = deviceNames(objects).filter((name) => name !== fabric);
  return plan.nodePools.flatMap(
    ({ id, role, gpusPerNode, hostsPerNode = 1, slices, nodes, productLabel }) => {
      const resource = devices.find((name) => name.includes('mig-') === (slices !== undefined));
      if (role !== 'gpu' || resource === undefined) return [];
      const perNode = (gpusPerNode / hostsPerNode) * (slices?.perAccelerator ?? 1);
      return [
        need('nodes', `cluster.nodes.${plan.option}.${id}`, `nodes of ${id}`, [CLUSTER.workload], {
          role: 'workload',
          resource,
          perNode,
          nodes: nodes.desired * hostsPerNode,
          // Nodes whose accelerators are cut have a label of their own for each cut.
          product: slices === undefined ? productLabel : null,
        }),
      ];
    },
  );
}

/** Groups that Kubernetes does not bring itself; its own have no dot, or end in `k8s.io` and are no `x-k8s.io`. */
function definitionNeeds(
  role: ClusterRole,
  objects: readonly Pick<DeployedObject, 'apiVersion' | 'kind'>[],
  charts: Deployment['charts'],
): Requirement[] {
  const foreign = objects.filter(({ apiVersion }) => isForeign(apiVersion));
  return [...new Set(foreign.map(({ apiVersion }) => apiVersion))].map((apiVersion) => {
    const [group = '', version = ''] = apiVersion.split('/');
    const kinds = foreign.filter((each) => each.apiVersion === apiVersion).map(({ kind }) => kind);
    const chart = charts.find(({ release }) => release === GROUPS_OF_CHARTS[group]);
    return need('definition', `cluster.definition.${role}.${apiVersion}`, apiVersion, [CLUSTER[role]], {
      role,
      group,
      version,
      kinds: [...new Set(kinds)].toSorted(),
      ...(chart === undefined ? {} : { chart: `${chart.release} ${chart.version}` }),
    });
  });
}

export function isForeign(apiVersion: string): boolean {
  const [group = '', version] = apiVersion.split('/');
  if (version === undefined || !group.includes('.')) return false;
  return !group.endsWith('k8s.io') || group.endsWith('x-k8s.io');
}

function namespaceNeed(object: DeployedObject, environment: string): Requirement {
  const { name } = object.metadata;
  const labels = object.metadata as { readonly labels?: Readonly<Record<string, string>> };
  return need('namespace', `cluster.namespace.${name}`, `namespace ${name}`, [CLUSTER.workload], {
    role: 'workload',
    name,
    podSecurity: labels.labels?.['pod-security.kubernetes.io/enforce'] ?? 'privileged',
    environment,
  });
}

function permissionNeeds(
  role: ClusterRole,
  objects: readonly DeployedObject[],
  option: string,
): Requirement[] {
  const namespaces = [...new Set(objects.map(({ metadata }) => metadata.namespace ?? null))];
  return namespaces.map((namespace) => {
    const own = objects.filter(({ metadata }) => (metadata.namespace ?? null) === namespace);
    const kinds = [
      ...new Map(own.map(({ apiVersion, kind }) => [`${apiVersion}/${kind}`, { apiVersion, kind }])).values(),
    ];
    const id = `cluster.permission.${option}.${namespace ?? '-'}`;
    const subject = namespace === null ? 'rights outside namespaces' : `rights in ${namespace}`;
    return need('permission', id, subject, [CLUSTER[role]], { role, namespace, kinds });
  });
}
