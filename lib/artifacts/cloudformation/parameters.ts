import { NO_VALUE, type Traced } from '#lib/artifacts/cloudformation/scope';
import { splitParts } from '#lib/artifacts/cloudformation/text-functions';
import { isList, own, ownText } from '#lib/artifacts/json';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { brief, briefValue, plainText } from '#lib/artifacts/unresolved';

const NUMERIC = /^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/;

/**
 * What a declared parameter holds: the value it was given, else its default.
 *
 * The default of an `AWS::SSM::Parameter::Value<…>` is the name under which the deployment looks the value up.
 */
export function parameterValue(name: string, declaration: unknown, given: Traced | undefined): Traced {
  const type = ownText(declaration, 'Type') ?? 'String';
  const stated = given?.value ?? plain(own(declaration, 'Default'));
  const references = given?.references ?? [];
  if (stated === undefined || stated === NO_VALUE) {
    return { value: new Unresolved(`parameter ${brief(name)}`), references };
  }
  if (type.startsWith('AWS::SSM::Parameter::Value<')) {
    const path = stated instanceof Unresolved ? stated.dependsOn : briefValue(stated);
    return { value: new Unresolved(`SSM parameter ${path}`), references };
  }
  return { value: typed(stated, type), references };
}

function typed(value: ArtifactValue, type: string): ArtifactValue {
  const isListType = type === 'CommaDelimitedList' || type.startsWith('List<');
  if (!isListType) return type === 'Number' ? numeric(value) : value;
  if (isList(value)) return value;
  const items =
    value instanceof Unresolved
      ? splitParts(value, ',')
      : plainText(value) === ''
        ? []
        : plainText(value).split(',');
  if (items === null) return value;
  const trimmed = items.map((item) => (typeof item === 'string' ? item.trim() : item));
  return type === 'List<Number>' ? trimmed.map(numeric) : trimmed;
}

function numeric(value: ArtifactValue): ArtifactValue {
  return typeof value === 'string' && NUMERIC.test(value.trim()) ? Number(value) : value;
}

function plain(value: unknown): ArtifactValue | undefined {
  const isScalar = typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return isScalar ? value : undefined;
}
