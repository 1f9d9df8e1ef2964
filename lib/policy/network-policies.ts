import type { Infrastructure } from '#lib/policy/infrastructure';
import { namespaceOf, type Pod } from '#lib/policy/pods';
import { fieldsOf, objectsOf, textOf, textsOf, valueOf, type Fields } from '#lib/policy/values';

export type Direction = 'Ingress' | 'Egress';

/** Whether some policy of the pod's namespace selects it for a direction, so that only what a policy names passes. */
export function isClosed(pod: Pod, direction: Direction, infrastructure: Infrastructure): boolean {
  return infrastructure
    .ofType('networking.k8s.io/v1/NetworkPolicy')
    .some(
      (policy) =>
        namespaceOf(policy) === pod.namespace &&
        textsOf(valueOf(policy, 'spec.policyTypes')).includes(direction) &&
        selects(fieldsOf(valueOf(policy, 'spec.podSelector')), pod.labels),
    );
}

/** By labels alone; a selector with expressions is taken for one that does not select. */
export function selects(selector: Fields, labels: Fields): boolean {
  if (objectsOf(selector['matchExpressions']).length > 0) return false;
  return Object.entries(fieldsOf(selector['matchLabels'])).every(
    ([key, value]) => textOf(labels[key]) === textOf(value),
  );
}
