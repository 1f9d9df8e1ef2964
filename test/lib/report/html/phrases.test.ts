import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { SOURCE_METHODS } from '#lib/catalog/provenance';
import { CHINESE_CHAPTERS, inChinese } from '#lib/report/html/phrases/chinese-book';
import { phraseBook } from '#lib/report/html/phrases/phrase-book';
import { chinese } from '#lib/report/html/texts/chinese';
import { saidInReport } from '../../../_support/said-in-reports';
import { faultsIn, figuresIn } from '../../../_support/told-faults';

const GRAMMAR = { listGap: '、', clauseGap: '；', sentenceGap: '', currencies: { USD: '美元' } };
const book = phraseBook(
  [
    {
      '{options+} cost the same, {amount$} each.': '{options} 均为 {amount}。',
      '{count#} nodes': '{count} 个节点',
      '{count#} {what}': '{what}：{count}',
      'price: {how!}': '单价：{how}',
      '{what*}, on-demand': '{what}，按需',
      'by {input@} at {value#}': '{input} 为 {value}',
      'beyond: {why&}': '超出：{why}',
      storage: '存储',
      listed: '目录价',
      'it has {what~} in it': '其中有 {what}',
      '{model*} is large': '{model} 很大',
      'none ({why&})': '没有（{why}）',
      '{option^}: {why!}': '{option}：{why}',
      'Go by {what}.': '按 {what}。',
      'Rest.': '止。',
    },
  ],
  GRAMMAR,
);

describe('a book of phrases', () => {
  it.each([
    ['a, b and c cost the same, 1,234 USD each.', 'a、b、c 均为 1,234 美元。'],
    ['a and b cost the same, 7 CHF each.', 'a、b 均为 7 CHF。'],
    ['storage, on-demand', '存储，按需'],
    ['p5.48xlarge, on-demand', 'p5.48xlarge，按需'],
    ['by people.run.fte at 3', 'people.run.fte 为 3'],
    ['it has whatever: a user. Wrote in it', '其中有 whatever: a user. Wrote'],
    ['Qwen 27B (dense; as it is published) is large', 'Qwen 27B (dense; as it is published) 很大'],
    ['none (3 nodes; listed); listed', '没有（3 个节点；目录价）；目录价'],
    ['Go by a. Rest.', '按 a。止。'],
    ['h100-sxm: 3 nodes; b: listed', 'h100-sxm：3 个节点；b：目录价'],
    ['by aws/s3/data (1 GB)/us-east-1/hour at 3', 'aws/s3/data (1 GB)/us-east-1/hour 为 3'],
  ])('tells "%s"', (english, told) => expect(book(english)).toBe(told));

  it('prefers the phrase with more words of its own', () => expect(book('3 nodes')).toBe('3 个节点'));

  it('tells clauses one by one, and a hole for one phrase takes no second', () => {
    expect(book('3 nodes; price: listed')).toBe('3 个节点；单价：目录价');
    expect(book('price: listed; 3 nodes')).toBe('单价：目录价；3 个节点');
    expect(book('beyond: 3 nodes; listed')).toBe('超出：3 个节点；目录价');
  });

  it('tells nothing of what it lacks a part of, and takes no sentence for a name', () => {
    expect(book('3 nodes; price: unheard of')).toBeNull();
    expect(book('It says: storage, on-demand')).toBeNull();
    expect(book('by nothing at 3')).toBeNull();
    expect(book('by a hand/foot rule at 3')).toBeNull();
    expect(book('a cost the same, dear each.')).toBeNull();
    expect(book('Beyond: listed')).toBeNull();
    expect(book('what nobody knows, on-demand')).toBeNull();
    expect(book('none (3 nodes; unheard of)')).toBeNull();
  });
});

describe('the Chinese book', () => {
  const phrases = Object.values(CHINESE_CHAPTERS).flatMap((chapter) => Object.entries(chapter));
  const holesOf = (text: string) =>
    [...text.matchAll(/\{([a-zA-Z0-9]+)[#$@^~+*!&]?\}/g)].map(([, name = '']) => name).toSorted(byName);

  it('names every way in which a fact came to be known', () => {
    expect(SOURCE_METHODS.filter((method) => inChinese(method) === null)).toEqual([]);
  });

  it('names every assumption that a bill may rest on', () => {
    const ofBills = [...loadCatalog().assumptions.values()].filter(({ id }) => !id.startsWith('routes.'));
    const said = ofBills.flatMap(({ label, unit }) => [label, unit]);
    expect(said.length).toBeGreaterThan(200);
    expect(said.filter((text) => inChinese(text) === null)).toEqual([]);
  });

  it('sets a space between characters and letters, and none where characters meet', () => {
    expect(inChinese('the fleet for answers: h100 has no fp8')).toBe('生成机群：h100 不支持 fp8');
    expect(inChinese('Servers of bge-m3')).toBe('bge-m3 的服务节点');
    expect(inChinese('TPOT 9 ms at concurrency 1 on 2 × h100, 8 ms asked')).toBe(
      '2 × h100 并发为 1 时每 token 延迟为 9 ms，要求 8 ms',
    );
  });

  it('has no phrase twice', () => {
    const english = phrases.map(([text]) => text);
    expect(english.filter((text, index) => english.indexOf(text) !== index)).toEqual([]);
  });

  it('fills in every hole, and no other', () => {
    const wrong = phrases.filter(
      ([english, translation]) => holesOf(english).join() !== holesOf(translation).join(),
    );
    expect(wrong).toEqual([]);
  });

  it('calls a thing by one name, as the labels of the page do', () => {
    const texts = [...phrases.map(([, translation]) => translation), ...wordsOf(chinese)];
    const otherNames =
      /令牌|首个 token|每 token 时间|集群规模|副本集|机队|裸机|向量数据库|吞吐率|净现值|数据中心托管/;
    expect(texts.length).toBeGreaterThan(700);
    expect(texts.filter((text) => otherNames.test(text))).toEqual([]);
  });
});

/** Texts of the page, at any depth; those that are made of values are left out. */
function wordsOf(texts: unknown): string[] {
  if (typeof texts === 'string') return [texts];
  return typeof texts === 'object' && texts !== null ? Object.values(texts).flatMap(wordsOf) : [];
}

function byName(a: string, b: string): number {
  return a < b ? -1 : 1;
}

describe.each(readdirSync('environments').filter((name) => name.endsWith('.yaml')))(
  'the report of environments/%s',
  (name) => {
    const said = [...saidInReport(`environments/${name}`)];

    it('says everything in Chinese', () => {
      expect(said.length).toBeGreaterThan(200);
      expect(said.filter((text) => inChinese(text) === null)).toEqual([]);
    });

    it('says it in Chinese words and with Chinese punctuation', () => {
      const faulty = said.flatMap((text) => faultsIn(inChinese(text) ?? '').map((fault) => [fault, text]));
      expect(faulty).toEqual([]);
    });

    it('says the same figures in Chinese', () => {
      const wrong = said.filter((text) => figuresIn(inChinese(text) ?? '') !== figuresIn(text));
      expect(wrong).toEqual([]);
    });
  },
);
