import { isAtLeast } from '#lib/compare/at-least';
import type { DecisionPaper } from '#lib/decision/paper/decision-paper';
import { ABSENT } from '#lib/report/html/figures';
import type { Portfolio } from '#lib/portfolio/portfolio';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { togetherSection } from '#lib/report/html/sections/together';
import { figure, table, text } from '#lib/report/html/table';

/** The front page of several scenarios: what to take in each, what all of it costs, and what sharing saves; `null` of one scenario. */
export function summarySection(
  paper: DecisionPaper,
  portfolio: Portfolio | null,
  spoken: InLanguage,
): Html | null {
  const { texts, figures, prefix } = spoken;
  const { scenarios, comparison } = paper;
  if (scenarios.length < 2) return null;
  const { choice, monthlyUsd, atLeast } = comparison.portfolio;
  const rows = scenarios.map(({ id, comparison: { title, recommended, options }, sensitivity }) => {
    const taken = choice[id] ?? null;
    const row = options.find((option) => option.id === taken);
    const share = sensitivity.options.find((option) => option.id === taken)?.cheapestShare ?? null;
    return [
      markup`<a href="#${prefix}scenario-${id}">${title}</a><span class="sub">${id}</span>`,
      markup`${taken ?? ABSENT}<span class="sub">${texts.place(row?.title ?? '')}</span>`,
      recommended ?? ABSENT,
      figures.money(row?.monthlyUsd?.base ?? null, row !== undefined && isAtLeast(row)),
      figures.moneyRange(row?.monthlyUsd ?? null),
      share === null ? ABSENT : figures.share(share, 1),
    ];
  });
  const total = figures.money(monthlyUsd?.base ?? null, atLeast);
  return markup`<section aria-labelledby="${prefix}summary">
    <h2 id="${prefix}summary" class="first">${texts.portfolio}</h2>
    <p class="note">${monthlyUsd === null ? texts.noSum : texts.portfolioNote}</p>
    ${table({
      caption: texts.portfolio,
      isCaptionHidden: true,
      columns: [
        text(texts.scenario),
        text(texts.taken),
        text(texts.recommendedHead),
        figure(texts.monthly),
        figure(texts.range),
        figure(texts.cheapest),
      ],
      rows: [
        ...rows,
        [
          markup`<strong>${texts.total}</strong>`,
          '',
          '',
          markup`<strong>${total}</strong>`,
          figures.moneyRange(monthlyUsd),
          '',
        ],
      ],
    })}
    ${portfolio === null ? null : togetherSection(portfolio, paper, spoken)}
  </section>`;
}
