import type { StackInput } from '#lib/artifacts/cloudformation/template';
import { isList, own, ownObject, ownText } from '#lib/artifacts/json';
import { brief } from '#lib/artifacts/unresolved';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { shown } from '#lib/text/place';

/** @throws LandfallError with every stated parameter that the deployment would refuse for its declaration */
export function refuseValues({ parameters, template }: StackInput): void {
  const declared = ownObject(template.root, 'Parameters');
  const [first, ...rest] = [...(parameters ?? [])].flatMap(([name, value]): Problem[] => {
    const fault = faultOf(value, own(declared, name));
    return fault === null ? [] : [{ at: `--parameter ${brief(name)}`, got: shown(value), ...fault }];
  });
  if (first !== undefined) throw new LandfallError([first, ...rest]);
}

function faultOf(value: string, declaration: unknown): Pick<Problem, 'code' | 'expected' | 'fix'> | null {
  const type = ownText(declaration, 'Type') ?? 'String';
  const values = /^(?:CommaDelimitedList$|List<)/.test(type) ? value.split(',').map(trimmed) : [value];
  const allowed = own(declaration, 'AllowedValues');
  if (isList(allowed) && allowed.every((each) => ['string', 'number', 'boolean'].includes(typeof each))) {
    const choices = allowed.map(String);
    const wrong = values.find((each) => !choices.includes(each));
    const expected = 'a value that the template allows';
    if (wrong !== undefined) return { code: 'NOT_A_CHOICE', expected, fix: suggestion(wrong, choices) };
  }
  if (type !== 'Number' && type !== 'List<Number>') return null;
  const least = Number(own(declaration, 'MinValue') ?? -Infinity);
  const most = Number(own(declaration, 'MaxValue') ?? Infinity);
  const numbers = values.map((each) => (each.trim() === '' ? Number.NaN : Number(each)));
  if (numbers.some(Number.isNaN))
    return { code: 'WRONG_TYPE', expected: 'a number', fix: 'write its digits' };
  if (!numbers.some((each) => each < least || each > most)) return null;
  const bounds = [
    ...(least === -Infinity ? [] : [`at least ${least}`]),
    ...(most === Infinity ? [] : [`at most ${most}`]),
  ];
  const expected = `a number of ${bounds.join(' and ')}`;
  return { code: 'OUT_OF_RANGE', expected, fix: 'stay within what the template allows' };
}

function trimmed(text: string): string {
  return text.trim();
}
