import { isList, isObject, ownObject } from '#lib/artifacts/json';
import type { Change } from '#lib/lifecycle/change';
import { typeOf } from '#lib/lifecycle/terraform/plan-changes';

/**
 * What applying a stack touches of which nothing stands: all that it declares. For a stack whose plan cannot be asked for
 * yet, since it needs what another one brings.
 *
 * @param configuration - Root of its `cdk.tf.json`
 */
export function declaredChanges(configuration: unknown): Change[] {
  const resources = Object.entries(ownObject(configuration, 'resource')).flatMap(([type, byName]) =>
    isObject(byName)
      ? Object.entries(byName).map(([name, body]) => created(`${type}.${name}`, type, body))
      : [],
  );
  const outputs = Object.keys(ownObject(configuration, 'output')).map((name) =>
    created(`output.${name}`, 'output', null),
  );
  return [...resources, ...outputs].toSorted((a, b) => (a.address < b.address ? -1 : 1));
}

function created(address: string, type: string, body: unknown): Change {
  const values: unknown = isList(body) ? body[0] : body;
  return { address, type: typeOf(type, values), action: 'create', paths: [], keeps: null };
}
