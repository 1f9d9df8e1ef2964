import { isList, own, ownText } from '#lib/artifacts/json';

/** What a container is started with, as far as it is written in its object. */
export interface ContainerWords {
  readonly image: string;
  /** Words of command and arguments, those of scripts within them apart, with variables put in. */
  readonly words: readonly string[];
  readonly env: ReadonlyMap<string, string>;
}

/** Longer ones are files, not command lines. */
const LONGEST_SCRIPT = 20_000;
/** `$(NAME)` as Kubernetes puts it in, `$NAME` and `${NAME}` as a shell does. */
const VARIABLE = /\$(?:\((\w+)\)|\{(\w+)\}|(\w+))/g;

export function containerWords(container: unknown): ContainerWords {
  const env = envOf(container);
  const texts = [...textsOf(own(container, 'command')), ...textsOf(own(container, 'args'))];
  return {
    image: ownText(container, 'image') ?? '',
    words: texts.flatMap((text) => wordsOf(text.slice(0, LONGEST_SCRIPT), env)),
    env,
  };
}

/** A value of `--name value` or `--name=value`, under the first of its names that is there; `_` and `-` are one. */
export function flagValue(words: readonly string[], ...names: readonly string[]): string | null {
  for (const name of names) {
    for (const [index, word] of words.entries()) {
      const [written = '', ...rest] = word.split('=');
      if (written.replaceAll('_', '-') !== name) continue;
      if (rest.length > 0) return rest.join('=');
      const next = words[index + 1];
      if (next !== undefined && !next.startsWith('-')) return next;
    }
  }
  return null;
}

export function hasFlag(words: readonly string[], name: string): boolean {
  return words.some((word) => word.replaceAll('_', '-') === name);
}

/** The word behind the first of the commands `before`, where it is no flag. */
export function wordAfter(words: readonly string[], before: readonly string[]): string | null {
  const at = words.findIndex((word) => before.includes(word.slice(word.lastIndexOf('/') + 1)));
  const next = at < 0 ? undefined : words[at + 1];
  return next === undefined || next.startsWith('-') ? null : next;
}

function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return isList(value) ? value.filter((text) => typeof text === 'string') : [];
}

/** A text with spaces is a script: its words, without the quotes and line ends of a shell. */
function wordsOf(text: string, env: ReadonlyMap<string, string>): readonly string[] {
  const filled = text.replaceAll(VARIABLE, (whole: string, ...groups: (string | undefined)[]) => {
    const name = groups[0] ?? groups[1] ?? groups[2] ?? '';
    return env.get(name) ?? whole;
  });
  return filled
    .split(/[\s\\;]+/)
    .map((word) => word.replaceAll(/^["']+|["']+$/g, ''))
    .filter((word) => word !== '');
}

function envOf(container: unknown): ReadonlyMap<string, string> {
  const entries = own(container, 'env');
  if (!isList(entries)) return new Map();
  return new Map(
    entries.flatMap((entry): [string, string][] => {
      const [name, value] = [ownText(entry, 'name'), own(entry, 'value')];
      return name !== null && (typeof value === 'string' || typeof value === 'number')
        ? [[name, String(value)]]
        : [];
    }),
  );
}
