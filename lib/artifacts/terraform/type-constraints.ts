import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import type { Expression } from '#lib/artifacts/terraform/expression';
import {
  Failed,
  Failure,
  list,
  mapping,
  mappingOf,
  number,
  setOf,
  text,
  truth,
  type Mapping,
} from '#lib/artifacts/terraform/values';

/**
 * A value as a variable of this type holds it: `"3"` for a `number` is 3, and attributes of an `object` that are
 * `optional` have their defaults.
 */
export function converted(value: ArtifactValue, type: Expression): ArtifactValue {
  try {
    return convert(value, type);
  } catch (error) {
    if (error instanceof Failure) return new Failed(`a value of another type: ${error.message}`);
    throw error;
  }
}

/** The value for the types `string`, `number` and `bool`; `null` goes with any type. */
function convert(value: ArtifactValue, type: Expression): ArtifactValue {
  if (value === null || value instanceof Unresolved) return value;
  if (type.kind === 'name') {
    if (type.name === 'string') return text(value);
    if (type.name === 'number') return number(value);
    return type.name === 'bool' ? truth(value) : value;
  }
  const [of] = type.kind === 'call' ? type.operands : [];
  if (type.kind !== 'call' || of === undefined) return value;
  if (type.name === 'list') return list(value).map((each) => convert(each, of));
  if (type.name === 'set') return setOf(list(value).map((each) => convert(each, of)));
  if (type.name === 'map') {
    return mappingOf(Object.entries(mapping(value)).map(([key, each]) => [key, convert(each, of)]));
  }
  if (type.name === 'tuple' && of.kind === 'list') {
    return list(value).map((each, index) => convert(each, of.items[index] ?? of));
  }
  return type.name === 'object' && of.kind === 'mapping' ? convertObject(mapping(value), of.entries) : value;
}

function convertObject(
  value: Mapping,
  attributes: readonly (readonly [Expression, Expression])[],
): ArtifactValue {
  return mappingOf(
    attributes.map(([key, type]) => {
      const name = key.kind === 'literal' ? String(key.value) : '';
      const isOptional = type.kind === 'call' && type.name === 'optional';
      const [of = type, otherwise] = isOptional ? type.operands : [];
      const given = Object.hasOwn(value, name) ? (value[name] ?? null) : null;
      if (given === null && !isOptional && !Object.hasOwn(value, name)) throw new Failure(`no ${name}`);
      const stated = given === null && otherwise !== undefined ? constant(otherwise) : given;
      return [name, convert(stated, of)];
    }),
  );
}

/** Defaults in a type are written without references. */
function constant(expression: Expression): ArtifactValue {
  if (expression.kind === 'literal') return expression.value;
  if (expression.kind === 'list') return expression.items.map(constant);
  if (expression.kind === 'mapping') {
    return mappingOf(expression.entries.map(([key, value]) => [text(constant(key)), constant(value)]));
  }
  if (expression.kind === 'unary' && expression.operator === '-')
    return -number(constant(expression.operand));
  return new Unresolved('the default of an optional attribute');
}

/** Whether a value of this type is one text, so that a user's text is the value itself. */
export function isTextType(type: Expression | null): boolean {
  return type === null || (type.kind === 'name' && (type.name === 'string' || type.name === 'any'));
}
