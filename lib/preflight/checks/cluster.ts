import type { ClusterRole } from '#lib/preflight/checks/cluster-names';
import { failed, passed, warned, type Judge } from '#lib/preflight/requirement';
import { isAtLeast, numbersOf } from '#lib/preflight/version';

/** A node as its cluster tells of it. */
export interface ClusterNode {
  readonly name: string;
  readonly isReady: boolean;
  /** Pods may be placed on it. */
  readonly isSchedulable: boolean;
  /** Value of its label `nvidia.com/gpu.product`. */
  readonly product: string | null;
  /** What devices it hands out: `nvidia.com/gpu`. */
  readonly allocatable: Readonly<Record<string, number>>;
}

export interface ClusterKinds {
  readonly cluster: {
    readonly asks: {
      readonly role: ClusterRole;
      /** Minor version that the plan is made for. @default - any */
      readonly version?: string;
      readonly atLeast: string;
      /** Made by an earlier stack, so that it may not be there yet. */
      readonly isMade: boolean;
    };
    readonly answer:
      | { readonly isReachable: true; readonly context: string; readonly version: string }
      | { readonly isReachable: false; readonly why: string };
  };
  readonly nodes: {
    readonly asks: {
      readonly role: ClusterRole;
      readonly resource: string;
      readonly perNode: number;
      readonly nodes: number;
      readonly product: string | null;
    };
    readonly answer: readonly ClusterNode[];
  };
  /** Versions of a group of definitions, and the kinds of the one that is asked for; `null` where the group is absent. */
  readonly definition: {
    readonly asks: {
      readonly role: ClusterRole;
      readonly group: string;
      readonly version: string;
      readonly kinds: readonly string[];
      /** Chart of an earlier stack that brings it: `keda 2.20.2`. @default - it must be there */
      readonly chart?: string;
    };
    readonly answer: { readonly versions: readonly string[]; readonly kinds: readonly string[] } | null;
  };
  readonly storage: {
    readonly asks: {
      readonly role: ClusterRole;
      /** Classes that claims name. */
      readonly classes: readonly string[];
      /** Claims that name none. */
      readonly usesDefault: boolean;
    };
    readonly answer: { readonly classes: readonly string[]; readonly default: string | null };
  };
  /** Labels of a namespace; `null` where there is none. */
  readonly namespace: {
    readonly asks: {
      readonly role: ClusterRole;
      readonly name: string;
      readonly podSecurity: string;
      readonly environment: string;
    };
    readonly answer: Readonly<Record<string, string>> | null;
  };
  /** What of it nobody may create: `deployments.apps`. `unknown` is what the cluster does not serve yet. */
  readonly permission: {
    readonly asks: {
      readonly role: ClusterRole;
      readonly namespace: string | null;
      readonly kinds: readonly { readonly apiVersion: string; readonly kind: string }[];
    };
    readonly answer: { readonly denied: readonly string[]; readonly unknown: readonly string[] };
  };
}

/** Where the role's kubeconfig is named, for people. */
const KUBECONFIG: Readonly<Record<ClusterRole, string>> = {
  workload: 'export KUBECONFIG=<file>, or pass --kubeconfig <file>',
  management: 'export TF_VAR_management_kubeconfig=<file>, or pass --management-kubeconfig <file>',
};

export const judgeCluster: Judge<'cluster'> = ({ role, version, atLeast, isMade }, found) => {
  if (!found.isReachable) {
    return isMade
      ? {
          state: 'skipped',
          text: `the stack hardware makes the ${role} cluster; it answers once that is applied (${found.why})`,
        }
      : failed(`the ${role} cluster does not answer: ${found.why}`, KUBECONFIG[role]);
  }
  const text = `${role} cluster ${found.context}, Kubernetes ${found.version}`;
  if (!isAtLeast(found.version, atLeast)) {
    return failed(`${text}, ${atLeast} or later is needed`, `update the cluster to Kubernetes ${atLeast}`);
  }
  const minor = numbersOf(found.version).slice(0, 2).join('.');
  return version === undefined || minor === version
    ? passed(text)
    : warned(`${text}, the plan is made for ${version}`);
};

export const judgeNodes: Judge<'nodes'> = ({ resource, perNode, nodes, product }, found) => {
  const ofType = found.filter(
    ({ allocatable, ...node }) =>
      (allocatable[resource] ?? 0) >= perNode && (product === null || node.product === product),
  );
  const usable = ofType.filter(({ isReady, isSchedulable }) => isReady && isSchedulable);
  const what = `${perNode} × ${resource}${product === null ? '' : ` (${product})`}`;
  const text = `${usable.length} of ${nodes} nodes with ${what} are ready`;
  if (usable.length >= nodes) return passed(text);
  const idle = ofType.filter((node) => !usable.includes(node)).map(({ name }) => name);
  if (idle.length > 0) {
    return failed(`${text}; not ready or cordoned: ${idle.join(', ')}`, `kubectl describe node ${idle[0]}`);
  }
  const others = [...new Set(found.flatMap((node) => (node.product === null ? [] : [node.product])))];
  const hint = others.length === 0 ? '' : `; nodes are labelled ${others.toSorted().join(', ')}`;
  return failed(
    `${text}${hint}`,
    `add nodes, or install the GPU Operator, which announces ${resource} and writes nvidia.com/gpu.product`,
  );
};

export const judgeDefinition: Judge<'definition'> = ({ role, group, version, kinds, chart }, found) => {
  const name = `${group}/${version}`;
  if (found === null) {
    return chart === undefined
      ? failed(
          `the ${role} cluster has no ${name} (${kinds.join(', ')})`,
          `install what defines ${group}, see docs/prerequisites.md`,
        )
      : passed(`${name} comes with the chart ${chart}`);
  }
  if (!found.versions.includes(version)) {
    return failed(
      `the ${role} cluster serves ${group} as ${found.versions.join(', ')}, not ${version}`,
      `update what defines ${group} to a release that serves ${version}`,
    );
  }
  const missing = kinds.filter((kind) => !found.kinds.includes(kind));
  return missing.length === 0
    ? passed(`${name}: ${kinds.join(', ')}`)
    : failed(
        `${name} has no ${missing.join(', ')}`,
        `update what defines ${group}, see docs/prerequisites.md`,
      );
};

export const judgeStorage: Judge<'storage'> = ({ classes, usesDefault }, found) => {
  const missing = classes.filter((name) => !found.classes.includes(name));
  if (missing.length > 0) {
    return failed(
      `no StorageClass ${missing.join(', ')}; there are ${found.classes.join(', ') || 'none'}`,
      'create it, or name another in the environment',
    );
  }
  if (!usesDefault) return passed(`StorageClass ${classes.join(', ')}`);
  if (found.default !== null) return passed(`StorageClass ${found.default} is the default`);
  const [first = '<class>'] = found.classes;
  return failed(
    'no StorageClass is the default, and the claims name none',
    `kubectl annotate storageclass ${first} storageclass.kubernetes.io/is-default-class=true`,
  );
};

const ENFORCE = 'pod-security.kubernetes.io/enforce';

export const judgeNamespace: Judge<'namespace'> = ({ name, podSecurity, environment }, labels) => {
  if (labels === null) return passed(`namespace ${name} is made with Pod Security ${podSecurity}`);
  const isOurs =
    labels['app.kubernetes.io/managed-by'] === 'landfall' &&
    labels['app.kubernetes.io/part-of'] === environment;
  const enforced = labels[ENFORCE];
  const text = `namespace ${name} exists, Pod Security ${enforced ?? 'not enforced'}`;
  if (!isOurs) {
    return warned(
      `${text}, and is not of environment ${environment}`,
      `name the scenario otherwise, or adopt it: terraform import <address> ${name}`,
    );
  }
  return enforced === podSecurity
    ? passed(text)
    : warned(
        `${text}, the plan enforces ${podSecurity}`,
        `kubectl label namespace ${name} ${ENFORCE}=${podSecurity} --overwrite`,
      );
};

export const judgePermission: Judge<'permission'> = ({ role, namespace, kinds }, { denied, unknown }) => {
  const where = namespace === null ? 'outside namespaces' : `in namespace ${namespace}`;
  if (denied.length > 0) {
    const [first = ''] = denied;
    return failed(
      `may not create ${denied.join(', ')} ${where}`,
      `ask for the right, and see: kubectl auth can-i create ${first}${namespace === null ? '' : ` -n ${namespace}`}`,
    );
  }
  const asked = kinds.length - unknown.length;
  const rest = unknown.length === 0 ? '' : `; not asked of ${unknown.join(', ')}, which is not served yet`;
  return asked === 0
    ? { state: 'skipped', text: `nothing of what goes ${where} is served yet: ${unknown.join(', ')}` }
    : passed(`may create ${asked} kinds ${where} of the ${role} cluster${rest}`);
};
