import type { ScenarioPaper } from '#lib/decision/paper/decision-paper';
import { ABSENT } from '#lib/report/html/figures';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { ranked } from '#lib/report/html/sections/option-tables';
import { figure, table, text } from '#lib/report/html/table';

/** What would turn the recommendation: the draws, the findings and the break-even points. */
export function turningSection(paper: ScenarioPaper, spoken: InLanguage): Html {
  const { texts, figures, say } = spoken;
  const { sensitivity, breakEven } = paper;
  const [a, b] = breakEven?.options ?? [];
  const points =
    breakEven === null || a === undefined || b === undefined
      ? null
      : markup`<h4>${texts.breakEven(a.id, b.id)}</h4>
          <ul>
            ${breakEven.points.map(
              (point) =>
                markup`<li><strong>${texts.over[point.over]}</strong>${texts.colon}${say(point.says.join(' '))}</li>`,
            )}
          </ul>`;
  return markup`<h3>${texts.turning}</h3>
    <ul>
      ${sensitivity.findings.map((finding) => markup`<li>${say(finding)}</li>`)}
    </ul>
    ${points}
    <h4>${texts.spread}</h4>
    ${table({
      caption: texts.spread,
      isCaptionHidden: true,
      columns: [
        text(texts.option),
        figure(texts.monthly),
        ...['P10', 'P50', 'P90'].map(figure),
        figure(texts.cheapest),
      ],
      rows: byRank(sensitivity.options, ranked(paper)).map(
        ({ id, monthlyUsd, atLeast, p10Usd, p50Usd, p90Usd, cheapestShare }) => [
          id,
          figures.money(monthlyUsd, atLeast),
          figures.money(p10Usd),
          figures.money(p50Usd),
          figures.money(p90Usd),
          cheapestShare === null ? ABSENT : figures.share(cheapestShare, 1),
        ],
      ),
    })}
    <ul class="note">
      ${sensitivity.notes.map((note) => markup`<li>${say(note)}</li>`)}
    </ul>`;
}

/** In the order of the other tables. */
function byRank<T extends { readonly id: string }>(
  options: readonly T[],
  order: readonly { readonly id: string }[],
): T[] {
  return order.flatMap(({ id }) => options.filter((option) => option.id === id));
}
