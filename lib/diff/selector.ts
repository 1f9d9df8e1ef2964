import { LandfallError } from '#lib/errors/landfall-error';

/** What a side of a diff is called by, as it stands alone. */
export type Selector =
  | EnvironmentSelector
  /** `git:REV`: the other side's file, as that revision has it. */
  | { readonly kind: 'same-file'; readonly text: string; readonly revision: string }
  /** `option:ID` of the other side's file. */
  | { readonly kind: 'option'; readonly text: string; readonly option: string }
  | DocumentSelector;

/** `FILE`, `FILE#option`, `prod`, `git:REV#FILE`, `git:REV#prod#option`. */
export interface EnvironmentSelector {
  readonly kind: 'environment';
  readonly text: string;
  readonly file: string;
  /** Revision of git that the file is read from; `null` for the file as it lies there. */
  readonly revision: string | null;
  /** `null`: what the file deploys. */
  readonly option: string | null;
}

/** `file:x.json`, `file:x.json#option`: a document that an earlier run wrote. */
export interface DocumentSelector {
  readonly kind: 'document';
  readonly text: string;
  readonly path: string;
  readonly option: string | null;
}

/** A side that names all it needs. */
export type ResolvedSelector = EnvironmentSelector | DocumentSelector;

/** Every form that a selector takes, for help and for errors. */
export const SELECTOR_FORMS = 'FILE, FILE#option, prod, option:ID, git:REV, git:REV#FILE or file:x.json';

/** Names of environments: no path and no file name is one. */
const NAME = /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/;

/** Where the environment of a name lies. */
export function fileOfName(name: string): string {
  return NAME.test(name) ? `environments/${name}.yaml` : name;
}

/**
 * Reads one selector by its form alone.
 *
 * @throws LandfallError where a part that its form needs is empty, or a revision could be taken for a flag of git
 */
export function parseSelector(text: string): Selector {
  if (text.startsWith('option:')) {
    return { kind: 'option', text, option: required(text, text.slice('option:'.length), 'option:eks') };
  }
  if (text.startsWith('file:')) {
    const [path, option] = divided(text, text.slice('file:'.length), 'file:estimate.json');
    return { kind: 'document', text, path, option };
  }
  if (text.startsWith('live:')) {
    throw fault(text, SELECTOR_FORMS, 'what is deployed is compared by `landfall drift`');
  }
  if (text.startsWith('git:')) return gitSelector(text);
  const [file, option] = divided(text, text, 'environments/prod.yaml');
  return { kind: 'environment', text, file: fileOfName(file), revision: null, option };
}

function gitSelector(text: string): Selector {
  const rest = text.slice('git:'.length);
  const hash = rest.indexOf('#');
  const revision = required(text, hash < 0 ? rest : rest.slice(0, hash), 'git:main#prod');
  if (revision.startsWith('-') || /[\0\r\n]/.test(revision)) {
    throw fault(text, 'a revision: a branch, a tag or a commit', 'write git:main or git:HEAD~1');
  }
  if (hash < 0) return { kind: 'same-file', text, revision };
  const [file, option] = divided(text, rest.slice(hash + 1), 'git:main#environments/prod.yaml');
  return { kind: 'environment', text, file: fileOfName(file), revision, option };
}

/** What stands before and behind the last `#`. */
function divided(text: string, rest: string, example: string): readonly [string, string | null] {
  const hash = rest.lastIndexOf('#');
  if (hash < 0) return [required(text, rest, example), null];
  return [
    required(text, rest.slice(0, hash), example),
    required(text, rest.slice(hash + 1), `${example}#eks`),
  ];
}

function required(text: string, part: string, example: string): string {
  if (part.trim() !== '') return part;
  throw fault(text, SELECTOR_FORMS, `write it as ${example}`);
}

/**
 * Both sides with all they need: what one leaves out is the other's, or the file of `--environment`.
 *
 * @throws LandfallError where neither says which file is meant
 */
export function resolvedSelectors(
  from: Selector,
  to: Selector,
  environment: string | undefined,
): readonly [ResolvedSelector, ResolvedSelector] {
  const stated = environment === undefined ? undefined : fileOfName(environment);
  return [resolved(from, to, stated), resolved(to, from, stated)];
}

function resolved(one: Selector, other: Selector, stated: string | undefined): ResolvedSelector {
  if (one.kind === 'environment' || one.kind === 'document') return one;
  const beside = other.kind === 'environment' ? other : undefined;
  const file = stated ?? beside?.file;
  if (file === undefined) {
    throw fault(
      one.text,
      one.kind === 'option' ? 'the environment that has this option' : 'the file that is meant',
      one.kind === 'option'
        ? `add --environment <file>, or write <file>#${one.option}`
        : `add --environment <file>, or write ${one.text}#<file>`,
    );
  }
  const { text } = one;
  if (one.kind === 'option') {
    const revision = stated === undefined ? (beside?.revision ?? null) : null;
    return { kind: 'environment', text, file, revision, option: one.option };
  }
  const option = other.kind === 'option' ? other.option : (beside?.option ?? null);
  return { kind: 'environment', text, file, revision: one.revision, option };
}

function fault(text: string, expected: string, fix: string): LandfallError {
  return new LandfallError({ code: 'BAD_USAGE', at: 'landfall diff', got: `"${text}"`, expected, fix });
}
