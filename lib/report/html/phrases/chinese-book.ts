import { billLines } from '#lib/report/html/phrases/chinese/bill-lines';
import { cautions } from '#lib/report/html/phrases/chinese/cautions';
import { inputs } from '#lib/report/html/phrases/chinese/inputs';
import { portfolio } from '#lib/report/html/phrases/chinese/portfolio';
import { quantities } from '#lib/report/html/phrases/chinese/quantities';
import { recommendation } from '#lib/report/html/phrases/chinese/recommendation';
import { sizingFigures, sizingSteps } from '#lib/report/html/phrases/chinese/sizing-steps';
import { sources } from '#lib/report/html/phrases/chinese/sources';
import { turningPoints } from '#lib/report/html/phrases/chinese/turning-points';
import { symbols, units } from '#lib/report/html/phrases/chinese/units';
import { phraseBook } from '#lib/report/html/phrases/phrase-book';

/** By what they speak of. No sentence stands twice. */
export const CHINESE_CHAPTERS = {
  recommendation,
  turningPoints,
  portfolio,
  cautions,
  billLines,
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
  currencies: { USD: '美元', EUR: '欧元', CNY: '元人民币', GBP: '英镑', JPY: '日元' },
});
