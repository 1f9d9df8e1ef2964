import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import type { Expression } from '#lib/artifacts/terraform/expression';
import { ADDRESSES } from '#lib/artifacts/terraform/functions/addresses';
import { COLLECTIONS, SHAPES } from '#lib/artifacts/terraform/functions/collections';
import { NUMBERS } from '#lib/artifacts/terraform/functions/numbers';
import type { FunctionTable } from '#lib/artifacts/terraform/functions/operands';
import { TEXTS } from '#lib/artifacts/terraform/functions/texts';
import {
  affordable,
  Failed,
  Failure,
  isList,
  list,
  number,
  text,
  truth,
} from '#lib/artifacts/terraform/values';
import { brief, dependencies, lengthOf, textOf, unresolvedIn } from '#lib/artifacts/unresolved';

type Call = Expression & { kind: 'call' };
type ValueOf = (operand: Expression) => ArtifactValue;

const CONVERSIONS: FunctionTable = {
  tostring: (value) => (value === null || value === undefined ? null : text(value)),
  tonumber: (value) => (value === null || value === undefined ? null : number(value)),
  tobool: (value) => (value === null || value === undefined ? null : truth(value)),
};

const KNOWN: FunctionTable = { ...NUMBERS, ...TEXTS, ...COLLECTIONS, ...ADDRESSES, ...CONVERSIONS };

/** What a call comes to: unresolved for unknown operands, and for functions that this reader does not have. */
export function callFunction({ name, operands, spread }: Call, valueOf: ValueOf): ArtifactValue {
  if (name === 'try') return firstThatHolds(operands, valueOf);
  if (name === 'can') return can(operands, valueOf);
  const values = operands.map(valueOf);
  const last = values.at(-1);
  if (spread && last instanceof Unresolved) return last;
  const all = spread ? [...values.slice(0, -1), ...list(last)] : values;
  const failed = all.find((value) => value instanceof Failed);
  if (failed !== undefined) return failed;
  if (name === 'coalesce') return coalesced(all);
  if (name === 'join') return joined(all);
  if (Object.hasOwn(SHAPES, name)) {
    const open = all.filter((value) => value instanceof Unresolved);
    return open.length > 0 ? unknown(open) : applied(SHAPES, name, all);
  }
  if (!Object.hasOwn(KNOWN, name)) return new Unresolved(`function ${brief(name)}`);
  const open = all.flatMap(unresolvedIn);
  return open.length > 0 ? unknown(open) : applied(KNOWN, name, all);
}

function applied(table: FunctionTable, name: string, operands: readonly ArtifactValue[]): ArtifactValue {
  const result = table[name]?.(...operands) ?? null;
  if (typeof result === 'number' && !Number.isFinite(result)) throw new Failure('no number');
  return result;
}

function unknown(values: readonly ArtifactValue[]): Unresolved {
  return new Unresolved(dependencies(values));
}

/** `try`: the first operand that Terraform would not refuse. */
function firstThatHolds(operands: readonly Expression[], valueOf: ValueOf): ArtifactValue {
  for (const operand of operands) {
    const value = valueOf(operand);
    if (!(value instanceof Failed)) return value;
  }
  throw new Failure('no operand of `try` that holds');
}

function can(operands: readonly Expression[], valueOf: ValueOf): ArtifactValue {
  const [value = null] = operands.map(valueOf);
  if (value instanceof Failed) return false;
  return value instanceof Unresolved ? unknown([value]) : true;
}

/** The first that is neither null nor an empty text; what is unknown before it may be the first itself. */
function coalesced(values: readonly ArtifactValue[]): ArtifactValue {
  const found = values.find((value) => value !== null && value !== '');
  if (found === undefined) throw new Failure('no value for `coalesce`');
  return found instanceof Unresolved && values.length > 1 ? unknown([found]) : found;
}

/** The items may be unknown: what is known of the text stays known. */
function joined([delimiter, ...lists]: readonly ArtifactValue[]): ArtifactValue {
  const open = [delimiter, ...lists].filter((value) => value instanceof Unresolved);
  if (open.length > 0) return new Unresolved(dependencies(open));
  const items = lists.flatMap((each) => (isList(each) ? [...each] : [each]));
  const pieces = items.map((each) => (each instanceof Unresolved ? each : text(each)));
  affordable(pieces.reduce((sum, piece) => sum + lengthOf(piece) + text(delimiter).length, 0));
  return textOf(pieces.flatMap((piece, index) => (index === 0 ? [piece] : [text(delimiter), piece])));
}
