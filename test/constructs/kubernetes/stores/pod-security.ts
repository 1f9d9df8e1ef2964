import * as z from 'zod';
import type { KubernetesObject } from '#constructs/kubernetes/kubernetes-object';

const Security = z.object({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  allowPrivilegeEscalation: z.boolean().optional(),
  privileged: z.boolean().optional(),
  readOnlyRootFilesystem: z.boolean().optional(),
  capabilities: z
    .object({ drop: z.array(z.string()).optional(), add: z.array(z.string()).optional() })
    .optional(),
  seccompProfile: z.object({ type: z.string() }).optional(),
});
const Container = z.object({ name: z.string(), securityContext: Security });
const Workload = z.object({
  spec: z.object({
    template: z.object({
      spec: z.looseObject({
        securityContext: Security,
        containers: z.array(Container),
        initContainers: z.array(Container).optional(),
        volumes: z.array(z.record(z.string(), z.unknown())).optional(),
      }),
    }),
  }),
});
const VOLUMES = new Set([
  'name',
  'configMap',
  'emptyDir',
  'ephemeral',
  'persistentVolumeClaim',
  'projected',
  'secret',
]);

/** What of a workload breaks the Kubernetes Pod Security Standard `restricted`, and a read-only root beyond it. */
export function restrictedViolations(object: KubernetesObject): readonly string[] {
  const { spec } = Workload.parse(object).spec.template;
  const pod = spec.securityContext;
  const found: string[] = [];
  for (const shared of ['hostNetwork', 'hostPID', 'hostIPC']) if (spec[shared] === true) found.push(shared);
  for (const volume of spec.volumes ?? []) {
    for (const source of Object.keys(volume)) if (!VOLUMES.has(source)) found.push(`volume ${source}`);
  }
  for (const { name, securityContext: own } of [...spec.containers, ...(spec.initContainers ?? [])]) {
    const rules: readonly (readonly [string, boolean])[] = [
      ['runAsNonRoot', own.runAsNonRoot ?? pod.runAsNonRoot ?? false],
      ['runAsUser', (own.runAsUser ?? pod.runAsUser) !== 0],
      ['allowPrivilegeEscalation', own.allowPrivilegeEscalation === false],
      ['privileged', own.privileged !== true],
      ['readOnlyRootFilesystem', own.readOnlyRootFilesystem === true],
      ['drop ALL', own.capabilities?.drop?.includes('ALL') === true],
      ['add', (own.capabilities?.add ?? []).every((added) => added === 'NET_BIND_SERVICE')],
      [
        'seccompProfile',
        ['RuntimeDefault', 'Localhost'].includes((own.seccompProfile ?? pod.seccompProfile)?.type ?? ''),
      ],
    ];
    for (const [rule, kept] of rules) if (!kept) found.push(`${name}: ${rule}`);
  }
  return found;
}
