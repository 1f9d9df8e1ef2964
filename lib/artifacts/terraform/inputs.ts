import { Effort } from '#lib/artifacts/effort';
import { own, ownText, type JsonObject } from '#lib/artifacts/json';
import { plainValue } from '#lib/artifacts/plain-value';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { Evaluation } from '#lib/artifacts/terraform/evaluate';
import type { Expression } from '#lib/artifacts/terraform/expression';
import { parseExpression } from '#lib/artifacts/terraform/parse-expression';
import { converted, isTextType } from '#lib/artifacts/terraform/type-constraints';
import { brief } from '#lib/artifacts/unresolved';

/** The value that a variable has without one given, or `undefined`. Texts in it are no templates. */
export function defaultOf(variable: JsonObject): ArtifactValue | undefined {
  const stated = own(variable, 'default');
  if (stated === undefined) return undefined;
  const type = typeOf(variable);
  const value = plainValue(stated);
  return type === null ? value : converted(value, type);
}

/** A value from outside of the module, as the variable holds it. */
export function asInput(value: ArtifactValue, variable: JsonObject): ArtifactValue {
  const type = typeOf(variable);
  return type === null ? value : converted(value, type);
}

/** What a user wrote on the command line: the text itself, or an expression where the type is no text. */
export function fromCommandLine(text: string, variable: JsonObject): ArtifactValue {
  const type = typeOf(variable);
  if (type === null || isTextType(type)) return text;
  const parsed = parseExpression(text);
  if (parsed === null) return converted(text, type);
  const names = {
    effort: new Effort(),
    resolve: (name: string) => ({ value: new Unresolved(brief(name)), references: [], used: 0 }),
  };
  const value = new Evaluation(names).value(parsed);
  return converted(value instanceof Unresolved ? text : value, type);
}

function typeOf(variable: JsonObject): Expression | null {
  const text = ownText(variable, 'type');
  return text === null ? null : parseExpression(text.replace(/^\$\{(.*)\}$/s, '$1'));
}
