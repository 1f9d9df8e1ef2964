import { isList, isObject, own, ownObject, ownText } from '#lib/artifacts/json';
import { same } from '#lib/lifecycle/changed-paths';
import type { LiveDanger } from '#lib/lifecycle/danger';
import { typeOf } from '#lib/lifecycle/terraform/plan-changes';

/** Kubernetes' switches, by their names in manifests and in Terraform's schema, with what each opens. */
const OPENING: readonly { readonly name: RegExp; readonly open: boolean; readonly says: string }[] = [
  {
    name: /^(?:privileged|allowPrivilegeEscalation|allow_privilege_escalation)$/,
    open: true,
    says: 'more rights on the node',
  },
  {
    name: /^(?:hostNetwork|host_network|hostPID|host_pid|hostIPC|host_ipc)$/,
    open: true,
    says: 'shares the node',
  },
  {
    name: /^(?:runAsNonRoot|run_as_non_root|readOnlyRootFilesystem|read_only_root_filesystem)$/,
    open: false,
    says: 'a restriction of the container is gone',
  },
  {
    name: /^(?:insecureSkipVerify|insecure_skip_verify|insecure)$/,
    open: true,
    says: 'certificates are no longer checked',
  },
];

/** Objects whose deletion opens what they guard. */
const GUARDS =
  /(?:^kubernetes_network_policy(?:_v1)?$|\/(?:NetworkPolicy|PodDisruptionBudget|ResourceQuota|LimitRange|ValidatingAdmissionPolicy)$)/;

/** Objects that grant rights. */
const GRANTS = /(?:^kubernetes_(?:cluster_)?role(?:_binding)?(?:_v1)?$|\/(?:Cluster)?Role(?:Binding)?$)/;

/** What comes to be reachable or unrestricted by a plan: of the JSON of `terraform show -json PLAN`; none without one. */
export function planBroadenings(stack: string, plan: unknown): LiveDanger[] {
  const changes = own(plan, 'resource_changes');
  if (!isList(changes)) return [];
  return changes.flatMap((entry) => {
    const change = ownObject(entry, 'change');
    const [before, after] = [own(change, 'before') ?? null, own(change, 'after') ?? null];
    const type = typeOf(ownText(entry, 'type') ?? 'unknown', before ?? after);
    const address = `${stack}/${ownText(entry, 'address') ?? 'unknown'}`;
    return reasonsOf(type, before, after).map((because): LiveDanger => {
      return { class: 'broadening', address, type, because };
    });
  });
}

function reasonsOf(type: string, before: unknown, after: unknown): string[] {
  if (before === null || same(before, after)) return [];
  if (after === null) return GUARDS.test(type) ? ['what it guarded is guarded no longer'] : [];
  const grants = GRANTS.test(type) ? ['a role grants something else'] : [];
  return [...new Set([...switched(before, after), ...grants])];
}

function switched(before: unknown, after: unknown): string[] {
  if (isList(before) && isList(after)) return after.flatMap((each, index) => switched(before[index], each));
  if (!isObject(after)) return [];
  const old = isObject(before) ? before : {};
  return Object.entries(after).flatMap(([key, value]) => {
    const was = own(old, key);
    const found = OPENING.find(({ name }) => name.test(key));
    if (found === undefined || typeof value !== 'boolean') return switched(was, value);
    const isOpened = value === found.open && was !== value && !(was === undefined && !found.open);
    return isOpened ? [`${key} → ${String(value)}: ${found.says}`] : [];
  });
}
