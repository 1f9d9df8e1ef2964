import type { OptionRow } from '#lib/compare/comparison';
import { isAtLeast } from '#lib/compare/at-least';
import type { DecisionPaper, ScenarioPaper } from '#lib/decision/paper/decision-paper';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { optionName } from '#lib/report/html/sections/option-tables';

/** The recommendation of a scenario with what a reader must know beside it: how sure, how used, how old the prices. */
export function decisionBox(paper: ScenarioPaper, { comparison }: DecisionPaper, spoken: InLanguage): Html {
  const { texts, figures } = spoken;
  const { recommended, options } = paper.comparison;
  const row = options.find(({ id }) => id === recommended);
  if (row === undefined) return markup`<div class="decision"><p class="option">${texts.nothing}</p></div>`;
  const { oldestPrice, newestPrice, derivedShare, assumedShare } = comparison.catalog;
  const money = (one: OptionRow) => figures.money(one.monthlyUsd?.base ?? null, isAtLeast(one));
  const next = rivalOf(paper, row);
  const facts = [
    row.utilisation === null ? texts.paidByUse : texts.use(figures.share(row.utilisation)),
    row.unpriced.length === 0 ? texts.complete : texts.incomplete(row.unpriced.join(texts.listGap)),
    texts.prices(
      oldestPrice ?? '–',
      newestPrice ?? '–',
      figures.share(derivedShare),
      figures.share(assumedShare),
    ),
    texts.see,
  ];
  return markup`<div class="decision">
    <p class="option">${texts.recommended(row.id)} <span class="sub">${optionName(row, spoken)}</span></p>
    <p class="cost">
      ${texts.costs(money(row), figures.moneyRange(row.monthlyUsd))}${
        next === null
          ? null
          : markup`${texts.gap}${texts.next(
              next.id,
              money(next),
              figures.moneyChange((next.monthlyUsd?.base ?? 0) - (row.monthlyUsd?.base ?? 0)),
            )}`
      }
    </p>
    <p>${sureness(paper, row, spoken)}</p>
    ${turnsOf(paper, spoken)}
    <p class="note">${facts.join(texts.gap)}</p>
  </div>`;
}

function sureness({ sensitivity }: ScenarioPaper, row: OptionRow, { texts, figures }: InLanguage): string {
  const share = sensitivity.options.find(({ id }) => id === row.id)?.cheapestShare ?? null;
  return share === null ? texts.notDrawn : texts.sure(figures.share(share, 1), figures.number(10_000, 5));
}

function turnsOf({ sensitivity }: ScenarioPaper, { texts, figures, say }: InLanguage): Html {
  const inside = sensitivity.flips.filter(({ withinBand, confirmed }) => withinBand && confirmed !== false);
  if (inside.length === 0) return markup`<p>${texts.turnsNot}</p>`;
  const inputs = new Map(sensitivity.inputs.map((input) => [input.id, input]));
  const items = inside.map(({ input, value, band, cheapestThen }) => {
    const known = inputs.get(input);
    const [at, base] = [value, band.base].map((one) => figures.number(one, 4));
    return markup`<li>
      ${texts.turn(say(known?.label ?? input), at ?? '', base ?? '', say(known?.unit ?? ''), cheapestThen)}
    </li>`;
  });
  return markup`<p>${texts.turns}</p>
    <ul>
      ${items}
    </ul>`;
}

function rivalOf({ comparison, breakEven }: ScenarioPaper, row: OptionRow): OptionRow | null {
  const id = breakEven?.options.find((option) => option.id !== row.id)?.id;
  return comparison.options.find((option) => option.id === id) ?? null;
}
