import type { ClusterNode } from '#lib/preflight/checks/cluster';

/** Kubernetes API reference, Node v1. */
interface NodeList {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string; readonly labels?: Readonly<Record<string, string>> };
    readonly spec?: { readonly unschedulable?: boolean };
    readonly status?: {
      readonly allocatable?: Readonly<Record<string, string>>;
      readonly conditions?: readonly { readonly type?: string; readonly status?: string }[];
    };
  }[];
}

export function clusterNodes(list: unknown): ClusterNode[] {
  return ((list as NodeList | null)?.items ?? []).map(({ metadata, spec, status }) => ({
    name: metadata?.name ?? '',
    isReady: (status?.conditions ?? []).some((each) => each.type === 'Ready' && each.status === 'True'),
    isSchedulable: spec?.unschedulable !== true,
    product: metadata?.labels?.['nvidia.com/gpu.product'] ?? null,
    allocatable: Object.fromEntries(
      Object.entries(status?.allocatable ?? {}).flatMap(([name, amount]) =>
        // Devices are counted in whole numbers; memory has a unit.
        name.includes('/') && /^\d+$/.test(amount) ? [[name, Number(amount)]] : [],
      ),
    ),
  }));
}

const DEFAULT_CLASS = 'storageclass.kubernetes.io/is-default-class';

interface ClassList {
  readonly items?: readonly {
    readonly metadata?: { readonly name?: string; readonly annotations?: Readonly<Record<string, string>> };
  }[];
}

export function storageClasses(list: unknown): {
  readonly classes: readonly string[];
  readonly default: string | null;
} {
  const all = ((list as ClassList | null)?.items ?? []).flatMap(({ metadata }) =>
    metadata?.name === undefined ? [] : [{ name: metadata.name, annotations: metadata.annotations ?? {} }],
  );
  return {
    classes: all.map(({ name }) => name).toSorted(),
    default: all.find(({ annotations }) => annotations[DEFAULT_CLASS] === 'true')?.name ?? null,
  };
}
