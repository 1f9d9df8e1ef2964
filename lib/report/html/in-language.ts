import { figuresOf, LANGUAGE_TAGS, type Figures, type Language } from '#lib/report/html/figures';
import { markup, type Html, type Part } from '#lib/report/html/html';
import { chinese } from '#lib/report/html/texts/chinese';
import { english, type Texts } from '#lib/report/html/texts/english';
import type { Currency } from '#lib/units/currency';

const TEXTS: Readonly<Record<Language, Texts>> = { en: english, zh: chinese };

/** All that a section needs to speak a language: its sentences, its figures, and marks for what is in another one. */
export interface InLanguage {
  readonly language: Language;
  readonly tag: string;
  readonly texts: Texts;
  readonly figures: Figures;
  /** Distinguishes the elements of one language from those of the other. */
  readonly prefix: string;
  /** Marks a sentence that the library makes, which is in English. */
  readonly inEnglish: (text: Part) => Html;
}

export function inLanguage(language: Language, currency: Currency): InLanguage {
  return {
    language,
    tag: LANGUAGE_TAGS[language],
    texts: TEXTS[language],
    figures: figuresOf(language, currency),
    prefix: `${language}-`,
    inEnglish: (text) => (language === 'en' ? markup`${text}` : markup`<span lang="en">${text}</span>`),
  };
}
