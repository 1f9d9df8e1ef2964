import { isList, own, ownText } from '#lib/artifacts/json';

/**
 * Whether a node's label meets a term of a selector: `{ key, operator, values }`, with the operators of node affinity
 * and those that Karpenter's requirements add.
 *
 * @param value - of the label; `undefined` where the node has none
 */
export function meetsTerm(term: unknown, value: string | undefined): boolean {
  const listed = own(term, 'values');
  const values = isList(listed) ? listed.map(String) : [];
  const [number, bound] = [Number(value), Number(values[0])];
  switch (ownText(term, 'operator')) {
    case 'In':
      return value !== undefined && values.includes(value);
    case 'NotIn':
      return value === undefined || !values.includes(value);
    case 'Exists':
      return value !== undefined;
    case 'DoesNotExist':
      return value === undefined;
    case 'Gt':
      return number > bound;
    case 'Gte':
      return number >= bound;
    case 'Lt':
      return number < bound;
    case 'Lte':
      return number <= bound;
    default:
      return true;
  }
}
