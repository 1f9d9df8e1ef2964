/** Labels that every object of a workload carries. */
export interface Labelled {
  readonly name: string;
  readonly environment: string;
  readonly option: string;
  readonly component: 'inference' | 'vector-store' | 'hardware' | 'operator';
}

/** What a selector matches: must never change over the life of a Deployment. */
export function selectorOf(of: Pick<Labelled, 'name' | 'option'>): Readonly<Record<string, string>> {
  return { 'app.kubernetes.io/name': of.name, 'app.kubernetes.io/instance': of.option };
}

export function labelsOf(of: Labelled): Readonly<Record<string, string>> {
  return {
    ...selectorOf(of),
    'app.kubernetes.io/component': of.component,
    'app.kubernetes.io/part-of': of.environment,
    'app.kubernetes.io/managed-by': 'landfall',
  };
}

/** Namespaces that may reach a workload carry this label with the role's name. */
export const ROLE_LABEL = 'landfall/role';

/** Label with the id of the plan's node pool, on every node. */
export const POOL_LABEL = 'landfall/pool';
