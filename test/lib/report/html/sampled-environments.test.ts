import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { inChinese } from '#lib/report/html/phrases/chinese-book';
import { randomEnvironment } from '../../../_support/random-environment';
import { saidOfDecision, saidOfOptions, saidTogether, type Asked } from '../../../_support/said-in-reports';
import { sizer } from '../../../_support/sizer';
import { faultsIn, figuresIn } from '../../../_support/told-faults';

/** Of the first hundreds those whose reports say the most different things in the shortest time. */
const SEEDS = {
  options: [7, 13, 16, 29, 31, 40, 41, 49, 61, 62, 67, 75, 76, 81, 82, 91],
  together: [4000],
  decision: [3000],
} as const;
/** Sentences that all of them must bring, or the sample proves little. */
const LEAST_SAID = 500;
const LEAST_NAMED = 200;

const catalog = loadCatalog();
const of = (say: (asked: Asked) => ReadonlySet<string>, seeds: readonly number[]) =>
  seeds.flatMap((seed) => [...say({ environment: randomEnvironment(seed, catalog), catalog, sizer })]);

describe('reports of environments that nobody wrote', () => {
  const said = [
    ...new Set([
      ...of(saidOfOptions, SEEDS.options),
      ...of(saidTogether, SEEDS.together),
      ...of(saidOfDecision, SEEDS.decision),
    ]),
  ];

  it('say everything in Chinese', () => {
    expect(said.length).toBeGreaterThan(LEAST_SAID);
    expect(said.filter((text) => inChinese(text) === null)).toEqual([]);
  });

  it('say it in Chinese words and with Chinese punctuation', () => {
    expect(said.flatMap((text) => faultsIn(inChinese(text) ?? '').map((fault) => [fault, text]))).toEqual([]);
  });

  it('say the same figures in Chinese', () => {
    expect(said.filter((text) => figuresIn(inChinese(text) ?? '') !== figuresIn(text))).toEqual([]);
  });

  it('name the same models, regions and settings in Chinese', () => {
    const lost = said.flatMap((text) =>
      namesIn(text).flatMap((name) => ((inChinese(text) ?? '').includes(name) ? [] : [[name, text]])),
    );
    expect(said.flatMap(namesIn).length).toBeGreaterThan(LEAST_NAMED);
    expect(lost).toEqual([]);
  });
});

/** Names have a figure, and dots or dashes: `llama-3.1-8b`, `us-east-1`. Terms of buying have them too, and are words. */
function namesIn(text: string): string[] {
  return (text.match(/`[^`]+`|[a-z]\w*[.-][\w.-]*\d[\w-]*/g) ?? []).filter((name) => !/-\dy$/.test(name));
}
