import { figuresOf, LANGUAGE_TAGS, NO_BREAK, type Figures, type Language } from '#lib/report/html/figures';
import { markup, type Html } from '#lib/report/html/html';
import { sentencesOf, type Translate } from '#lib/report/html/phrases/phrase-book';
import { chinese } from '#lib/report/html/texts/chinese';
import { english, type Texts } from '#lib/report/html/texts/english';
import type { Currency } from '#lib/units/currency';

const TEXTS: Readonly<Record<Language, Texts>> = { en: english, zh: chinese };

/** What the library says, in the language; where a translation is missing the English, with the mark that it is. */
export interface Told {
  readonly text: string;
  /** For the attribute `lang`; none where the text is in the language. */
  readonly lang?: 'en';
}

/** All that a section needs to speak a language: its sentences, its figures, and how it tells what the library says. */
export interface InLanguage {
  readonly language: Language;
  readonly tag: string;
  readonly texts: Texts;
  readonly figures: Figures;
  /** Distinguishes the elements of one language from those of the other. */
  readonly prefix: string;
  readonly tell: (text: string) => Told;
  /** The same as markup: what stands in backticks is code, and a sentence without a translation is marked as English. */
  readonly say: (text: string) => Html;
}

/** @param translate - Sentences of the library; a page that shows none needs none. @default - they stay English */
export function inLanguage(
  language: Language,
  currency: Currency,
  translate: Translate = () => null,
): InLanguage {
  const tell = (text: string): Told => {
    if (language === 'en') return { text };
    const told = translate(text);
    return told === null ? { text, lang: 'en' } : { text: told };
  };
  const marked = (text: string): Html => {
    const told = tell(text);
    const made = withCode(told.text);
    return told.lang === undefined ? made : markup`<span lang="${told.lang}">${made}</span>`;
  };
  return {
    language,
    tag: LANGUAGE_TAGS[language],
    texts: TEXTS[language],
    figures: figuresOf(language, currency),
    prefix: `${language}-`,
    tell,
    say: (text) =>
      tell(text).lang === undefined
        ? marked(text)
        : markup`${sentencesOf(text).map((sentence, index) => markup`${index === 0 ? null : ' '}${marked(sentence)}`)}`,
  };
}

/** Every second piece stood between two backticks; a single backtick is a letter. */
function withCode(text: string): Html {
  const pieces = text.split(/`([^`]+)`/);
  return markup`${pieces.map((piece, index) => (index % 2 === 0 ? heldTogether(piece) : markup`<code>${piece}</code>`))}`;
}

const BEFORE_UNIT = /(?<=\d) (?=(?:ms|s|h|GiB|GB|TB|kW|kWh|USD|%|×)(?![A-Za-z]))/g;

function heldTogether(text: string): string {
  return text.replaceAll(BEFORE_UNIT, NO_BREAK);
}
