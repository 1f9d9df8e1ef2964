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
  const told = new Map<string, string | null>();

  const translate: Translate = (text) => {
    const known = told.get(text);
    if (known !== undefined) return known;
    const made = plain.get(text) ?? byPhrase(text) ?? byParts(text);
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
    amount: (text) => text.replace(/[A-Z]+$/, (code) => grammar.currencies[code] ?? code),
    list: (text) => text.split(/, | and /).join(grammar.listGap),
    name: (text) => translate(text) ?? (isName(text) ? text : null),
    phrase: translate,
    clauses: translate,
  };
  const byParts = (text: string): string | null =>
    joined(sentencesOf(text), grammar.sentenceGap) ?? joined(text.split('; '), grammar.clauseGap);
  const joined = (parts: readonly string[], gap: string): string | null => {
    if (parts.length < 2) return null;
    const made = parts.map(translate);
    return made.every((part) => part !== null) ? made.join(gap) : null;
  };
  return translate;
}

/** A sentence begins with a capital letter, a figure or a command; a single letter before a full stop ends none: `US East (N. Virginia)`. */
export function sentencesOf(text: string): string[] {
  return text.split(/(?<=[^\s(]{2}\.) (?=[A-Z\d`])/);
}

/** What stays as it is may be the name of a thing, never a sentence. */
function isName(text: string): boolean {
  return !/[.:] |`/.test(text);
}
