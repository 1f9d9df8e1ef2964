import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { decisionPaper } from '#lib/decision/paper/decision-paper';
import { reportPage } from '#lib/report/html/report-page';
import { AS_OF, HOSTILE, reportEnvironment } from '../../../_support/report-environment';

const digest = (text: string) => createHash('sha256').update(text).digest('base64');
const rate = { currency: 'EUR', perUsd: 0.87, asOf: '2026-11-20', source: 'a bank' };
const paper = decisionPaper({
  environment: reportEnvironment(HOSTILE),
  catalog: loadCatalog(),
  asOf: AS_OF,
});
const page = pageOf();

function pageOf(currency?: typeof rate): string {
  const script = "console.info('</script>')";
  return reportPage({ paper, languages: ['en', 'zh'], rate: currency, script, command: HOSTILE, digest });
}

const contentOf = (id: string) =>
  new RegExp(`<script type="application/json" id="${id}">(.*)</script>`).exec(page)?.[1] ?? '';

describe('the page of a report', () => {
  it('is the same again from the same paper', () => expect(pageOf()).toBe(page));

  it('lets nothing of what users write become markup', () => {
    expect(page).not.toContain('<img');
    expect(page.match(/<script/g)).toHaveLength(3);
    expect(page.match(/<\/script>/g)).toHaveLength(3);
    expect(page).toContain('&lt;/script&gt;&lt;img src=x onerror=&quot;');
    expect(JSON.parse(contentOf('landfall-comparison'))).toEqual(
      JSON.parse(JSON.stringify(paper.comparison)),
    );
  });

  it('asks for nothing outside of itself, and allows exactly its own script and style', () => {
    expect(page.match(/\b(?:src|href)="(?!#)[^"]*"/g)).toBeNull();
    const elements = page.replaceAll(/<script.*?<\/script>/gs, '');
    expect(elements).not.toMatch(/<[^>]*\s(?:on[a-z]+|style)=|url\(|@import/);
    const [, style = ''] = /<style>(.*?)<\/style>/s.exec(page) ?? [];
    const script = /<script>(.*?)<\/script>/s.exec(page)?.[1] ?? '';
    expect(script).toContain(String.raw`<\/script>`);
    const [policy = ''] = /content="default-src 'none'[^"]*"/.exec(page) ?? [];
    expect(policy).toContain(`script-src 'sha256-${digest(script)}'`);
    expect(policy).toContain(`style-src 'sha256-${digest(style)}'`);
  });

  it('names every id once, and points only at ids that are there', () => {
    const ids = [...page.matchAll(/\sid="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const asked = [...page.matchAll(/\s(?:for|href|aria-labelledby|aria-describedby)="#?([^"]+)"/g)];
    expect(asked.length).toBeGreaterThan(20);
    expect(asked.map(([, id]) => id).filter((id) => !ids.includes(id))).toEqual([]);
  });

  it('says the same figures in both languages, in the currency', () => {
    const [english = '', chinese = ''] = pageOf(rate).split('<main lang="zh-CN"');
    const amounts = (text: string) => [...text.matchAll(/€[\d,.]+\d/g)].map(([amount]) => amount).sort();
    const monthly = paper.comparison.scenarios[0]?.options[0]?.monthlyUsd?.base ?? 0;
    expect(amounts(english).length).toBeGreaterThan(100);
    expect(amounts(english)).toContain(`€${Math.round(monthly * rate.perUsd).toLocaleString('en')}`);
    const [body = ''] = chinese.split('</main>');
    const withoutTicks = (text: string) => amounts(text.replaceAll(/<svg.*?<\/svg>/gs, ''));
    expect(withoutTicks(body)).toEqual(withoutTicks(english));
  });

  it('tells in Chinese what the library says; of its words only titles of documents stay English', () => {
    const [, body = ''] = page.split('<main lang="zh-CN"');
    const english = [...body.matchAll(/<span lang="en">(.*?)<\/span>/g)].map(([, text]) =>
      unescaped(text ?? ''),
    );
    const documents = [...paper.sources.values()].map(({ document }) => document);
    expect(english.filter((text) => !documents.some((title) => title.includes(text)))).toEqual([]);
    const told = [
      'content filters',
      '自上线起，',
      '次抽样中最便宜的方案：',
      '单价：目录价',
      '序列数 × 输出 ÷',
    ];
    expect(told.map((text) => body.includes(text))).toEqual([false, true, true, true, true]);
  });

  it('gives each latency and throughput its band, its class and the nearest measured run', () => {
    const sizing = paper.scenarios[0]?.sizings.get('leased');
    expect(page).toContain(
      `measured ${sizing?.nearest?.outputTokensPerSecondPerGpu.toLocaleString('en', { maximumFractionDigits: 0 })}`,
    );
    expect(page).toContain(`<td>${sizing?.confidence}</td>`);
    expect(page).toMatch(/\d\sms<span class="sub">[\d,]+\sms – [\d,]+\sms<\/span>/);
  });
});

function unescaped(text: string): string {
  return text
    .replaceAll(/<[^>]*>/g, '')
    .replaceAll('&#39;', "'")
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&');
}
