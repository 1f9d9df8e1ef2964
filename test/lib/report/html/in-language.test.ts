import { expect, it } from 'vitest';
import { inLanguage } from '#lib/report/html/in-language';
import { US_DOLLAR } from '#lib/units/currency';

const known = new Map([['Set `<b>`: it helps.', '设 `<b>` 即可。']]);
const english = inLanguage('en', US_DOLLAR);
const chinese = inLanguage('zh', US_DOLLAR, (text) => known.get(text) ?? null);

it.each([
  [english, 'Set `<b>`: it helps.', 'Set <code>&lt;b&gt;</code>: it helps.'],
  [english, 'a `lone tick & <b>', 'a `lone tick &amp; &lt;b&gt;'],
  [chinese, 'Set `<b>`: it helps.', '设 <code>&lt;b&gt;</code> 即可。'],
  [chinese, 'Nobody `told` it.', '<span lang="en">Nobody <code>told</code> it.</span>'],
  [
    chinese,
    'Set `<b>`: it helps. Unheard of.',
    '设 <code>&lt;b&gt;</code> 即可。 <span lang="en">Unheard of.</span>',
  ],
])('says what stands in backticks as code, and marks what is not told', ({ say }, text, html) =>
  expect(say(text).text).toBe(html),
);
