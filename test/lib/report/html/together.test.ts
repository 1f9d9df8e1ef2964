import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { inLanguage } from '#lib/report/html/in-language';
import { inChinese } from '#lib/report/html/phrases/chinese-book';
import { togetherSection } from '#lib/report/html/sections/together';
import { loadEnvironment } from '#lib/spec/load-environment';
import { US_DOLLAR } from '#lib/units/currency';
import { AS_OF } from '../../../_support/report-environment';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/portfolio.yaml', catalog);
const portfolio = makePortfolio({ environment, catalog, asOf: AS_OF });
const paper = { scenarios: [] };
const english = inLanguage('en', US_DOLLAR);
const chinese = inLanguage('zh', US_DOLLAR, inChinese);

describe('all scenarios planned together', () => {
  it('says what they cost together, with nothing shared, and as each was chosen for itself', () => {
    const { text } = togetherSection(portfolio, paper, english);
    const amounts = [portfolio.monthlyUsd?.base, portfolio.apartUsd, portfolio.compared.apartUsd];
    for (const usd of amounts)
      expect(text).toContain(`$${Math.round(usd ?? 0).toLocaleString('en')} a month`);
    expect(portfolio.monthlyUsd?.base).toBeLessThan(portfolio.compared.apartUsd ?? 0);
    expect(text.match(/<tr>/g)).toHaveLength(1 + 3 + 1);
    expect(text).toContain('100% in free hours of leased');
  });

  it('says all of it in Chinese', () => {
    const { text } = togetherSection(portfolio, paper, chinese);
    expect(text).not.toContain('lang="en"');
    expect(text).toContain('已证明：在目标和限制之内，把 3 个场景和 1 个训练任务分配给 6 个方案的所有方式中');
  });

  it('says why there is none', () => {
    const none = {
      ...portfolio,
      status: 'infeasible',
      monthlyUsd: null,
      choices: [],
      conflicts: ['records fits no option: bedrock: nothing'],
      notes: [],
    } as const;
    const { text } = togetherSection(none, paper, english);
    expect(text).toContain('No way to give the scenarios to the options keeps to every objective and limit.');
    expect(text).toContain('<li>records fits no option: bedrock: nothing</li>');
    expect(text).not.toContain('<table');
  });
});
