import { billLines } from '#lib/report/html/phrases/chinese/bill-lines';
import { cautions } from '#lib/report/html/phrases/chinese/cautions';
import { conflicts } from '#lib/report/html/phrases/chinese/conflicts';
import { importedModels } from '#lib/report/html/phrases/chinese/imported-models';
import { inputs } from '#lib/report/html/phrases/chinese/inputs';
import { misfits } from '#lib/report/html/phrases/chinese/misfits';
import { modelUnits } from '#lib/report/html/phrases/chinese/model-units';
import { portfolio } from '#lib/report/html/phrases/chinese/portfolio';
import { quantities } from '#lib/report/html/phrases/chinese/quantities';
import { recommendation } from '#lib/report/html/phrases/chinese/recommendation';
import { replicaMisfits } from '#lib/report/html/phrases/chinese/replica-misfits';
import { placeNames, retrievalWords } from '#lib/report/html/phrases/chinese/retrieval-words';
import { servingNotes } from '#lib/report/html/phrases/chinese/serving-notes';
import { sizingFigures, sizingSteps } from '#lib/report/html/phrases/chinese/sizing-steps';
import { sources } from '#lib/report/html/phrases/chinese/sources';
import { priceWords, statedLines } from '#lib/report/html/phrases/chinese/stated-lines';
import { turningPoints } from '#lib/report/html/phrases/chinese/turning-points';
import { symbols, units } from '#lib/report/html/phrases/chinese/units';
import { phraseBook } from '#lib/report/html/phrases/phrase-book';

const HAN = String.raw`\p{Script=Han}`;
const MARKS = '，。；：、！？（）“”';
const NEEDLESS_SPACE = new RegExp(
  `(?<=[${HAN}${MARKS}]) +(?=[${HAN}${MARKS}])|(?<=[${MARKS}]) +| +(?=[${MARKS}])`,
  'gu',
);
const MISSING_SPACE = new RegExp(`(?<=${HAN})(?=[A-Za-z0-9\`$])|(?<=[A-Za-z0-9%\`])(?=${HAN})`, 'gu');

/** A space stands between a character and a letter or figure, and nowhere else; what stands in backticks is code. */
function spaced(text: string): string {
  return text.replaceAll(NEEDLESS_SPACE, '').replaceAll(MISSING_SPACE, ' ');
}

/** By what they speak of. No sentence stands twice. */
export const CHINESE_CHAPTERS = {
  recommendation,
  turningPoints,
  portfolio,
  conflicts,
  misfits,
  replicaMisfits,
  retrievalWords,
  placeNames,
  servingNotes,
  cautions,
  importedModels,
  modelUnits,
  billLines,
  statedLines,
  priceWords,
  quantities,
  inputs,
  units,
  symbols,
  sizingSteps,
  sizingFigures,
  sources,
} as const;

export const inChinese = phraseBook(Object.values(CHINESE_CHAPTERS), {
  listGap: '、',
  clauseGap: '；',
  sentenceGap: '',
  spaced,
  currencies: { USD: '美元', EUR: '欧元', CNY: '元人民币', GBP: '英镑', JPY: '日元' },
});
