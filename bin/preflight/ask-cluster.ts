import { KubectlFailed, reasonOf, type Kubectl } from '#bin/live/kubectl';
import type { Askers } from '#bin/preflight/askers';
import { clusterNodes, storageClasses } from '#bin/preflight/cluster-answers';
import type { ClusterRole } from '#lib/preflight/checks/cluster-names';

/** What a cluster is asked by kubectl. Every question only reads. */
export function clusterAskers(
  clusters: Readonly<Record<ClusterRole, Kubectl>>,
): Pick<Askers, 'cluster' | 'nodes' | 'definition' | 'storage' | 'namespace' | 'permission' | 'secret'> {
  return {
    cluster: async ({ asks: { role } }) => {
      const { run } = clusters[role];
      const { code, stdout, stderr } = await run(['version', '-o', 'json']);
      const version = versionOf(stdout);
      if (code !== 0 || version === null) {
        return { isReachable: false, why: reasonOf(stderr) };
      }
      const context = await run(['config', 'current-context']);
      return { isReachable: true, context: context.stdout.trim() || 'without a name', version };
    },
    nodes: async ({ asks: { role } }) => clusterNodes(await clusters[role].json(['get', 'nodes'])),
    definition: async ({ asks: { role, group, version } }) => {
      const found = (await clusters[role].raw(`/apis/${group}`)) as ApiGroup | null;
      if (found === null) return null;
      const versions = (found.versions ?? []).flatMap((each) => each.version ?? []);
      const resources = versions.includes(version)
        ? ((await clusters[role].raw(`/apis/${group}/${version}`)) as ApiResources | null)
        : null;
      return { versions, kinds: (resources?.resources ?? []).flatMap(({ kind }) => kind ?? []) };
    },
    storage: async ({ asks: { role } }) =>
      storageClasses(await clusters[role].json(['get', 'storageclasses'])),
    namespace: async ({ asks: { role, name } }) => {
      const found = (await clusters[role].json(['get', 'namespace', name])) as Labelled | null;
      return found === null ? null : (found.metadata?.labels ?? {});
    },
    permission: async ({ asks: { role, namespace, kinds } }) => {
      const cluster = clusters[role];
      const denied: string[] = [];
      const unknown: string[] = [];
      for (const { apiVersion, kind } of kinds) {
        const resource = await resourceOf(cluster, apiVersion, kind);
        if (resource === null) unknown.push(`${apiVersion} ${kind}`);
        else if (!(await mayCreate(cluster, resource, namespace))) denied.push(resource);
      }
      return { denied, unknown };
    },
    // By its name alone: what it holds is not read.
    secret: async ({ asks: { namespace, name } }) => {
      const { code, stderr } = await clusters.workload.run([
        '-n',
        namespace,
        'get',
        'secret',
        name,
        '-o',
        'name',
      ]);
      if (code !== 0 && !stderr.includes('(NotFound)')) throw new KubectlFailed(reasonOf(stderr));
      return code === 0;
    },
  };
}

interface ApiGroup {
  readonly versions?: readonly { readonly version?: string }[];
}
interface ApiResources {
  readonly resources?: readonly { readonly name?: string; readonly kind?: string }[];
}
interface Labelled {
  readonly metadata?: { readonly labels?: Readonly<Record<string, string>> };
}

function versionOf(stdout: string): string | null {
  const [, version] = /"serverVersion"[^]*?"gitVersion"\s*:\s*"v?([^"]+)"/.exec(stdout) ?? [];
  return version ?? null;
}

/** `apps/v1` and `Deployment` as `deployments.apps`; `null` where the cluster does not serve it. */
async function resourceOf(cluster: Kubectl, apiVersion: string, kind: string): Promise<string | null> {
  const [group, version] = apiVersion.split('/');
  const path = version === undefined ? `/api/${apiVersion}` : `/apis/${apiVersion}`;
  const found = (await cluster.raw(path)) as ApiResources | null;
  const name = found?.resources?.find((each) => each.kind === kind && !each.name?.includes('/'))?.name;
  if (name === undefined) return null;
  return version === undefined ? name : `${name}.${group}`;
}

/** `kubectl auth can-i` exits 1 for "no". */
async function mayCreate(cluster: Kubectl, resource: string, namespace: string | null): Promise<boolean> {
  const where = namespace === null ? [] : ['-n', namespace];
  const { stdout, stderr } = await cluster.run(['auth', 'can-i', 'create', resource, ...where]);
  if (/^yes\b/m.test(stdout)) return true;
  if (/^no\b/m.test(stdout)) return false;
  throw new KubectlFailed(reasonOf(stderr));
}
