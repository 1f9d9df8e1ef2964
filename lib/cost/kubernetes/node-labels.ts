import { isList, isObject, own, ownObject, ownText } from '#lib/artifacts/json';
import { meetsTerm } from '#lib/cost/kubernetes/label-terms';

export interface Taint {
  readonly key: string;
  readonly value: string;
  readonly effect: string;
}

/** What decides which pods a node takes. */
export interface NodeTraits {
  readonly labels: ReadonlyMap<string, string>;
  readonly taints: readonly Taint[];
}

/**
 * Whether a pod may stand on a node: its selector, its required affinity and its tolerations, as the scheduler reads
 * them. A label that no node of the app declares is set by somebody else (feature discovery), and decides nothing here.
 *
 * @param declared - keys of labels that any node of the app declares
 */
export function accepts(node: NodeTraits, pod: unknown, declared: ReadonlySet<string>): boolean {
  const selected = Object.entries(ownObject(pod, 'nodeSelector')).every(
    ([key, value]) => !declared.has(key) || node.labels.get(key) === value,
  );
  return selected && meetsAffinity(node, pod, declared) && toleratesAll(node.taints, pod);
}

function meetsAffinity({ labels }: NodeTraits, pod: unknown, declared: ReadonlySet<string>): boolean {
  const affinity = own(own(pod, 'affinity'), 'nodeAffinity');
  const required = own(affinity, 'requiredDuringSchedulingIgnoredDuringExecution');
  const terms = listOf(own(required, 'nodeSelectorTerms'));
  if (terms.length === 0) return true;
  return terms.some((term) =>
    listOf(own(term, 'matchExpressions')).every((expression) => {
      const key = ownText(expression, 'key') ?? '';
      if (!declared.has(key)) return true;
      return meetsTerm(expression, labels.get(key));
    }),
  );
}

const PREFERENCE = /^prefer[-_ ]?no[-_ ]?schedule$/i;

function toleratesAll(taints: readonly Taint[], pod: unknown): boolean {
  const tolerations = listOf(own(pod, 'tolerations'));
  return taints
    .filter(({ effect }) => !PREFERENCE.test(effect))
    .every((taint) => tolerations.some((toleration) => tolerates(toleration, taint)));
}

function tolerates(toleration: unknown, { key, value }: Taint): boolean {
  if (!isObject(toleration)) return false;
  const wanted = ownText(toleration, 'key') ?? '';
  const isAny = ownText(toleration, 'operator') === 'Exists';
  if (wanted === '') return isAny;
  return wanted === key && (isAny || (ownText(toleration, 'value') ?? '') === value);
}

function listOf(value: unknown): readonly unknown[] {
  return isList(value) ? value : [];
}
