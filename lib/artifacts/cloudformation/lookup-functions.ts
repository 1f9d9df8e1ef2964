import type { Call, Evaluated, IntrinsicFunction } from '#lib/artifacts/cloudformation/scope';
import { isList, isObject, own } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { brief, briefValue, dependencies } from '#lib/artifacts/unresolved';

/** The functions that look a name up. */
export const LOOKUPS: Readonly<Record<string, IntrinsicFunction>> = {
  Ref: (argument, call) => {
    const name = call.value(argument);
    if (typeof name === 'string') return call.recorded(call.scope.named(name));
    return name instanceof Unresolved ? name : malformed(call);
  },

  'Fn::GetAtt': (argument, call) => {
    const [logicalId, ...rest] = isList(argument)
      ? argument.map((part) => call.value(part))
      : splitOnce(argument);
    const unknown = [logicalId, ...rest].filter((part) => part instanceof Unresolved);
    if (unknown.length > 0) return new Unresolved(dependencies(unknown));
    if (typeof logicalId !== 'string' || rest.length === 0) return malformed(call);
    return call.recorded(call.scope.attributeOf(logicalId, rest.join('.')));
  },

  'Fn::FindInMap': (argument, call) => {
    if (!isList(argument) || argument.length < 3) return malformed(call);
    const keys = argument.slice(0, 3).map((part) => call.value(part));
    const unknown = keys.filter((key) => key instanceof Unresolved);
    if (unknown.length > 0) return new Unresolved(dependencies(unknown));
    const [map = '', first = '', second = ''] = keys.map(String);
    const found = call.scope.mapping(map, first, second);
    if (found !== undefined) return call.value(found);
    const otherwise = argument[3];
    if (isObject(otherwise) && Object.hasOwn(otherwise, 'DefaultValue')) {
      return call.evaluated(own(otherwise, 'DefaultValue'));
    }
    return new Unresolved(
      `entry ${[map, first, second].map(briefValue).join('.')}, which the mappings do not have`,
    );
  },

  'Fn::ImportValue': (argument, call) => {
    const name = call.value(argument);
    if (typeof name === 'string') return call.recorded(call.scope.imported(name));
    return name instanceof Unresolved ? name : malformed(call);
  },

  'Fn::Transform': (argument) => {
    const name = own(argument, 'Name');
    return new Unresolved(typeof name === 'string' ? `macro ${brief(name)}` : 'macro');
  },
};

/** A function whose arguments have another form than the language defines. */
export function malformed(call: Call): Evaluated {
  return new Unresolved(`${call.name} with arguments of another form`);
}

/** The YAML form `LogicalId.Attribute`; attributes may have points themselves. */
function splitOnce(argument: unknown): unknown[] {
  if (typeof argument !== 'string') return [];
  const point = argument.indexOf('.');
  return point === -1 ? [argument] : [argument.slice(0, point), argument.slice(point + 1)];
}
