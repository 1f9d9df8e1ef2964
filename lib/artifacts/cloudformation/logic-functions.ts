import { malformed } from '#lib/artifacts/cloudformation/lookup-functions';
import type { Call, Evaluated, IntrinsicFunction } from '#lib/artifacts/cloudformation/scope';
import { isList, isObject } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { dependencies } from '#lib/artifacts/unresolved';

type Truth = boolean | Unresolved;

/** `Fn::If`, and the conditions where they stand as values. */
export const LOGIC: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::If': (argument, call) => {
    if (!isList(argument) || argument.length !== 3) return malformed(call);
    const [condition, then, otherwise] = argument;
    const holds = typeof condition === 'string' ? call.scope.condition(condition) : call.truth(condition);
    if (!(holds instanceof Unresolved)) return call.evaluated(holds ? then : otherwise);
    // Both branches are walked for the resources they point to.
    call.evaluated(then);
    call.evaluated(otherwise);
    return holds;
  },
  'Fn::Equals': asValue,
  'Fn::And': asValue,
  'Fn::Or': asValue,
  'Fn::Not': asValue,
};

function asValue(argument: unknown, call: Call): Evaluated {
  return call.truth({ [call.name]: argument });
}

/**
 * What a condition comes to. Three-valued: `Fn::And` with one false part is false and `Fn::Or` with one true part is
 * true, whatever is unknown besides.
 */
export function conditionOf(node: unknown, call: Call): Truth {
  if (typeof node === 'boolean') return node;
  if (!isObject(node)) return new Unresolved('a condition of another form');
  const [[name, argument] = ['', null], ...more] = Object.entries(node);
  if (more.length > 0) return new Unresolved('a condition of another form');
  if (name === 'Condition' && typeof argument === 'string') return call.scope.condition(argument);
  if (!Object.hasOwn(LOGIC, name) || name === 'Fn::If') return truthOf(call.value(node));
  if (!isList(argument)) return wrong(name);
  if (name === 'Fn::Equals') return equals(argument, call);
  if (name === 'Fn::And' || name === 'Fn::Or') return combined(argument, name === 'Fn::Or', call);
  if (argument.length !== 1) return wrong(name);
  const holds = call.truth(argument[0]);
  return holds instanceof Unresolved ? holds : !holds;
}

function wrong(name: string): Unresolved {
  return new Unresolved(`condition function ${name} of another form`);
}

function truthOf(value: unknown): Truth {
  if (value instanceof Unresolved || typeof value === 'boolean') return value;
  if (value === 'true' || value === 'false') return value === 'true';
  return new Unresolved('a condition that is neither true nor false');
}

/** Parameters are texts, whatever their type: `2` equals `"2"`. */
function equals(operands: readonly unknown[], call: Call): Truth {
  if (operands.length !== 2) return wrong('Fn::Equals');
  const values = operands.map((operand) => call.value(operand));
  if (values.some((value) => value instanceof Unresolved)) return new Unresolved(dependencies(values));
  const [left, right] = values.map((value) =>
    typeof value === 'object' ? JSON.stringify(value) : String(value),
  );
  return left === right;
}

function combined(operands: readonly unknown[], decidedBy: boolean, call: Call): Truth {
  const truths = operands.map((operand) => call.truth(operand));
  if (truths.includes(decidedBy)) return decidedBy;
  const unknown = truths.filter((truth) => truth instanceof Unresolved);
  return unknown.length > 0 ? new Unresolved(dependencies(unknown)) : !decidedBy;
}
