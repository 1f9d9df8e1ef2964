import type { Model } from '#lib/catalog/models';
import { suggestion } from '#lib/errors/did-you-mean';

/** What people add to a model's name that the ids leave out: who publishes it, how it was tuned, in which format. */
const PUBLISHER = /^[^/]+\//;
const ENDINGS = /-(?:instruct|chat|it|hf|fp8|fp4|nvfp4|awq|gptq|v\d(?:\.\d)?|\d{4})$/;

/** The fix for an id that the catalog lacks: what it goes by here, or the nearest ids among the choices. */
export function modelSuggestion(
  word: string,
  choices: readonly string[],
  models: ReadonlyMap<string, Model>,
): string {
  const wanted = bare(word);
  const same = choices.filter((id) => namesOf(id, models.get(id)).some((name) => bare(name) === wanted));
  const [only] = same;
  return only !== undefined && same.length === 1
    ? `the catalog has it as "${only}" (${models.get(only)?.name ?? only})`
    : suggestion(wanted, choices);
}

function namesOf(id: string, model: Model | undefined): readonly string[] {
  const { name, repository, standsFor = [] } = model ?? { name: id, repository: null };
  return [id, name, ...standsFor, ...(repository === null ? [] : [repository])];
}

function bare(name: string): string {
  let rest = name
    .toLowerCase()
    .replace(PUBLISHER, '')
    .replaceAll(/[\s_]+/g, '-');
  while (ENDINGS.test(rest)) rest = rest.replace(ENDINGS, '');
  return rest;
}
