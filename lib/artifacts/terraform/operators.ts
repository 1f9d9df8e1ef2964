import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import type { Expression } from '#lib/artifacts/terraform/expression';
import { Failed, Failure, isEqual, number, rounded, truth } from '#lib/artifacts/terraform/values';
import { dependencies, unresolvedIn } from '#lib/artifacts/unresolved';

type Operation = Expression & { kind: 'unary' | 'binary' };

const ARITHMETIC: Readonly<Record<string, (left: number, right: number) => number>> = {
  '+': (left, right) => left + right,
  '-': (left, right) => left - right,
  '*': (left, right) => left * right,
  '/': (left, right) => left / right,
  '%': (left, right) => left % right,
};

const ORDER: Readonly<Record<string, (left: number, right: number) => boolean>> = {
  '<': (left, right) => left < right,
  '<=': (left, right) => left <= right,
  '>': (left, right) => left > right,
  '>=': (left, right) => left >= right,
};

/** What an operation comes to. `false && x` is false and `true || x` is true, whatever is unknown of `x`. */
export function operate(
  operation: Operation,
  valueOf: (operand: Expression) => ArtifactValue,
): ArtifactValue {
  if (operation.kind === 'unary') {
    const operand = valueOf(operation.operand);
    if (operand instanceof Unresolved) return operand instanceof Failed ? operand : unknown([operand]);
    return operation.operator === '!' ? !truth(operand) : -number(operand);
  }
  const { operator } = operation;
  const [left, right] = [valueOf(operation.left), valueOf(operation.right)];
  const failed = [left, right].find((operand) => operand instanceof Failed);
  if (failed !== undefined) return failed;
  if (operator === '&&' || operator === '||') return logic(operator === '||', left, right);
  const open = [...unresolvedIn(left), ...unresolvedIn(right)];
  if (open.length > 0) return unknown(open);
  if (operator === '==') return isEqual(left, right);
  if (operator === '!=') return !isEqual(left, right);
  const order = ORDER[operator];
  if (order !== undefined) return order(number(left), number(right));
  const result = ARITHMETIC[operator]?.(number(left), number(right));
  if (result === undefined || !Number.isFinite(result)) throw new Failure(`no result of ${operator}`);
  return rounded(result);
}

function logic(decidedBy: boolean, left: ArtifactValue, right: ArtifactValue): ArtifactValue {
  const operands = [left, right];
  const known = operands.filter((operand) => !(operand instanceof Unresolved)).map(truth);
  if (known.includes(decidedBy)) return decidedBy;
  return known.length === operands.length ? !decidedBy : unknown(operands);
}

function unknown(operands: readonly ArtifactValue[]): Unresolved {
  return new Unresolved(dependencies(operands));
}
