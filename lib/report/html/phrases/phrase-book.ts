import { filled, phraseOf, type HoleKind, type Phrase, type Phrases } from '#lib/report/html/phrases/phrase';

export interface Grammar {
  /** Between the words of a list. */
  readonly listGap: string;
  /** What stands for `; ` between clauses. */
  readonly clauseGap: string;
  /** Between two sentences. */
  readonly sentenceGap: string;
  /** Names of currencies by their code. */
  readonly currencies: Readonly<Record<string, string>>;
  /** Spaces as the language has them, where words of both meet. @default - as they are */
  readonly spaced?: (text: string) => string;
}

/** `null` where the book lacks the sentence, or a part of it. */
export type Translate = (text: string) => string | null;

/**
 * Tells sentences of the library in another language, by their form: they reach a report as plain text, from plans and
 * bills that are JSON, so that the text is all there is. Of phrases that hold, the one with the most words of its own is
 * taken; clauses and sentences that follow each other are told one by one.
 */
export function phraseBook(chapters: readonly Phrases[], grammar: Grammar): Translate {
  const plain = new Map<string, string>();
  const open: Phrase[] = [];
  for (const [english, translation] of chapters.flatMap((chapter) => Object.entries(chapter))) {
    if (english.includes('{')) open.push(phraseOf(english, translation));
    else plain.set(english, translation);
  }
  open.sort((a, b) => b.ownLength - a.ownLength);
  const { spaced = (text) => text } = grammar;
  const told = new Map<string, string | null>();

  const translate: Translate = (text) => {
    const known = told.get(text);
    if (known !== undefined) return known;
    const found = plain.get(text) ?? bySentences(text) ?? byPhrase(text) ?? byClauses(text);
    const made = found === null ? null : spaced(found);
    told.set(text, made);
    return made;
  };
  const byPhrase = (text: string): string | null => {
    for (const phrase of open) {
      const match = phrase.pattern.exec(text);
      const made = match === null ? null : fill(phrase, match.slice(1));
      if (made !== null) return made;
    }
    return null;
  };
  const fill = (phrase: Phrase, found: readonly string[]): string | null => {
    const values = new Map<string, string>();
    for (const [index, { name, kind }] of phrase.holes.entries()) {
      const value = inHole[kind](found[index] ?? '');
      if (value === null) return null;
      values.set(name, value);
    }
    return filled(phrase, values);
  };
  const inHole: Readonly<Record<HoleKind, Translate>> = {
    word: (text) => text,
    number: (text) => text,
    key: (text) => text,
    id: (text) => text,
    quote: (text) => text,
    amount: (text) => text.replace(/[A-Z]+$/, (code) => grammar.currencies[code] ?? code),
    list: (text) => text.split(/, | and /).join(grammar.listGap),
    name: (text) => translate(text) ?? (isName(text) ? text : null),
    phrase: translate,
    clauses: translate,
  };
  const bySentences = (text: string) => joined(sentencesOf(text), grammar.sentenceGap);
  const byClauses = (text: string) => joined(clausesOf(text), grammar.clauseGap);
  const joined = (parts: readonly string[], gap: string): string | null => {
    if (parts.length < 2) return null;
    const made = parts.map(translate);
    return made.every((part) => part !== null) ? made.join(gap) : null;
  };
  return translate;
}

/** A sentence begins with a capital letter, a figure or a command; a single capital before a full stop ends none: `US East (N. Virginia)`. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=(?:[^\s(]{2}|[a-z\d%])\.) (?=[A-Z\d`])/);
}

/** Semicolons within brackets divide what stands in the brackets. */
function clausesOf(text: string): string[] {
  let depth = 0;
  const ends = [...text.matchAll(/[()]|; /g)].flatMap(({ 0: sign, index }) => {
    if (sign === '(') depth += 1;
    if (sign === ')') depth -= 1;
    return sign === '; ' && depth === 0 ? [index] : [];
  });
  return [...ends, text.length].map((end, clause) => text.slice((ends[clause - 1] ?? -2) + 2, end));
}

/** What stays as it is may be the name of a thing, never a sentence: names have no two small words in a row but in brackets. */
function isName(text: string): boolean {
  return !/[.:] |`|(?<![\w-])[a-z]+ [a-z]+(?![\w-])/.test(text.replace(/ \([^()]+\)$/, ''));
}
