/**
 * A sentence of the library with holes, and its translation with the same holes. `{name}` holds one word, and a sign at
 * the end of the name says what else it may hold:
 *
 * - `{name#}` a number: `1,234.5`
 * - `{name$}` an amount with the code of its currency: `1,234 USD`
 * - `{name@}` the key of an input or of a price: `people.run.fte.use`, `aws/ec2/p5.48xlarge/us-east-1/on-demand/hour`
 * - `{name+}` words with commas or "and" between
 * - `{name^}` the id of an option, a model or an accelerator: it has no capitals
 * - `{name~}` words of the environment file, which stay as they are
 * - `{name*}` a name, translated where the book has it
 * - `{name!}` a phrase that the book must have, else this one does not hold either
 * - `{name&}` such phrases with semicolons between
 */
export type Phrases = Readonly<Record<string, string>>;

export type HoleKind =
  'word' | 'number' | 'amount' | 'key' | 'id' | 'quote' | 'list' | 'name' | 'phrase' | 'clauses';

export interface Phrase {
  readonly english: string;
  readonly pattern: RegExp;
  /** In the order of the English. */
  readonly holes: readonly { readonly name: string; readonly kind: HoleKind }[];
  /** Texts and names of holes in turn, beginning with a text. */
  readonly translation: readonly string[];
  /** Letters that are the phrase's own: the more, the surer. */
  readonly ownLength: number;
}

const HOLE = /\{([a-z][a-zA-Z0-9]*)([#$@^~+*!&]?)\}/g;
const HOLE_IN_TRANSLATION = /\{([a-z][a-zA-Z0-9]*)\}/;
const KINDS: Readonly<Record<string, HoleKind>> = {
  '#': 'number',
  $: 'amount',
  '@': 'key',
  '^': 'id',
  '~': 'quote',
  '+': 'list',
  '*': 'name',
  '!': 'phrase',
  '&': 'clauses',
};
const NUMBER = String.raw`[-−+]?\d(?:[\d,.]*\d)?`;
/** Semicolons stand in brackets only. */
const NO_NEW_CLAUSE = String.raw`(?:[^;]|(?<=\([^()]*);)+?`;
const PATTERNS: Readonly<Record<HoleKind, string>> = {
  word: String.raw`\S+?`,
  number: NUMBER,
  amount: `${NUMBER} [A-Z]{3}`,
  key: String.raw`[\w-]+(?:\.[\w-]+)+|[\w-]+(?:/(?:[^/;.\x60]|\.(?! ))+?){4,}`,
  id: '[a-z][a-z0-9.-]*',
  quote: '.+?',
  list: String.raw`[^\s,;]+?(?:(?:,| and) [^\s,;]+?)*`,
  name: NO_NEW_CLAUSE,
  phrase: NO_NEW_CLAUSE,
  clauses: '.+?',
};

export function phraseOf(english: string, translation: string): Phrase {
  const holes = [...english.matchAll(HOLE)].map(([, name = '', sign = '']) => ({
    name,
    kind: KINDS[sign] ?? 'word',
  }));
  const texts = english.split(HOLE).filter((_, index) => index % 3 === 0);
  const parts = texts.map((text, index) => {
    const hole = holes[index];
    return hole === undefined ? literal(text) : `${literal(text)}(${PATTERNS[hole.kind]})`;
  });
  return {
    english,
    pattern: new RegExp(`^${parts.join('')}$`, 's'),
    holes,
    translation: translation.split(HOLE_IN_TRANSLATION),
    ownLength: texts.join('').length,
  };
}

/** Every hole filled in. */
export function filled({ translation }: Phrase, values: ReadonlyMap<string, string>): string {
  return translation
    .map((part, index) => (index % 2 === 0 ? part : (values.get(part) ?? `{${part}}`)))
    .join('');
}

function literal(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
}
