/** Chinese counts in ten thousands and millions where English abbreviates. */
const ABBREVIATED = /\b(?:1M|1k|100k|10 M)\b|10 万|1,000 万/g;

/** The figures of a sentence, in whatever order its language has them. */
export function figuresIn(text: string): string {
  return (text.replaceAll(ABBREVIATED, '').match(/\d(?:[\d,.]*\d)?/g) ?? []).toSorted().join(' ');
}

/** Code, keys of prices and inputs, and what follows a model's name in brackets: the same in every language. */
const KEYS = /`[^`]*`|[\w-]+(?:\/[^/;，；（）]+){4,}|(?<=[\w.]) \([^()\p{Script=Han}]+\)/gu;
const FAULTS = [
  ['English words', /(?<![\w-])[a-z]{2,} [a-z]{2,}(?![\w-])|^[A-Z][a-z]+：/],
  [
    'half-width punctuation',
    /\p{Script=Han}[,;:!?]|[,;!?]\p{Script=Han}|\p{Script=Han}\.(?!\d)|\([^)]*\p{Script=Han}/u,
  ],
  ['doubled punctuation', /[，；：。、]{2}|（）|“”| {2}/],
  ['a space beside punctuation', /[，。；：、（）] | [，。；：、（）]/],
  ['no space between a character and a letter', /\p{Script=Han}[A-Za-z\d]|[A-Za-z\d]\p{Script=Han}/u],
] as const;

/** What disturbs a reader of Chinese. */
export function faultsIn(chinese: string): string[] {
  const words = chinese.replaceAll(KEYS, 'K1');
  return FAULTS.flatMap(([name, pattern]) => (pattern.test(words) ? [name] : []));
}
