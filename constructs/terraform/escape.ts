import { Verbatim } from '#constructs/kubernetes/verbatim';

/**
 * Makes Terraform take text literally: `${` and `%{` begin an expression in every string of its JSON form, keys
 * included. Applied once, to whole objects, where they enter a resource. `Verbatim` is the one way to mean an expression.
 */
export function literal<T>(value: T): T;
export function literal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(/[$%](?=\{)/g, (sign) => sign + sign);
  if (value instanceof Verbatim) return value.text;
  if (Array.isArray(value)) return value.map((item: unknown) => literal(item));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([key, item]: [string, unknown]) => [literal(key), literal(item)]),
    );
  }
  return value;
}
