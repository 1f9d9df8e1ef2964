import type { OptionRow } from '#lib/compare/comparison';
import type { ScenarioPaper } from '#lib/decision/paper/decision-paper';
import { isAtLeast } from '#lib/compare/at-least';
import type { SensitivityInput } from '#lib/decision/sensitivity';
import { barChart } from '#lib/report/html/charts/bars';
import { chartFigure } from '#lib/report/html/charts/chart';
import { scatterChart } from '#lib/report/html/charts/scatter';
import { tornadoChart } from '#lib/report/html/charts/tornado';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage, Told } from '#lib/report/html/in-language';
import { ranked } from '#lib/report/html/sections/option-tables';
import { figure, table, text } from '#lib/report/html/table';
import { mapBand } from '#lib/units/band';

/** Tangible against intangible cost of every option, with the range of the whole. */
export function makeUpChart(paper: ScenarioPaper, { texts, figures }: InLanguage): Html {
  const rows = ranked(paper);
  const chart = barChart(
    texts.makeUp,
    rows.map((row) => ({
      label: row.id,
      parts: [
        { value: figures.converted(row.tangibleMonthlyUsd ?? 0), className: 'tangible' },
        { value: figures.converted(row.intangibleMonthlyUsd ?? 0), className: 'intangible' },
      ],
      says: figures.money(row.monthlyUsd?.base ?? null, isAtLeast(row)),
      range: row.monthlyUsd === null ? null : mapBand(row.monthlyUsd, figures.converted),
    })),
    figures.moneyTick,
  );
  const keys = markup`<p class="note">
    <span class="key tangible"></span>${texts.tangible}<span class="key intangible"></span
    >${texts.intangible}${texts.stop}${texts.gap}${texts.makeUpNote}
  </p>`;
  const rowsOf = table({
    caption: texts.makeUp,
    isCaptionHidden: true,
    columns: [text(texts.option), figure(texts.tangible), figure(texts.intangible), figure(texts.range)],
    rows: rows.map((row) => [
      row.id,
      figures.money(row.tangibleMonthlyUsd, row.atLeast),
      figures.money(row.intangibleMonthlyUsd),
      figures.moneyRange(row.monthlyUsd),
    ]),
  });
  return markup`${chartFigure(texts.makeUp, chart, { title: texts.figures, table: rowsOf })}${keys}`;
}

/** Cost against each thing that options are weighed by besides; only what at least two options state. */
export function paretoCharts(paper: ScenarioPaper, spoken: InLanguage): Html[] {
  const { texts, figures } = spoken;
  const measures = [
    { title: texts.ttft, valueOf: (row: OptionRow) => row.ttftMs?.base ?? null, write: figures.milliseconds },
    {
      title: texts.throughput,
      valueOf: (row: OptionRow) => row.tokensPerSecond?.base ?? null,
      write: (value: number) => figures.number(value),
    },
    {
      title: texts.quality,
      valueOf: (row: OptionRow) => row.quality?.score ?? null,
      write: (value: number) => figures.number(value),
    },
  ];
  const rows = ranked(paper);
  const series = rows.map(({ id }) => id);
  return measures.flatMap(({ title, valueOf, write }) => {
    const shown = rows.flatMap((row) => {
      const [x, y] = [row.monthlyUsd?.base ?? null, valueOf(row)];
      return x === null || y === null ? [] : [{ row, x, y }];
    });
    if (shown.length < 2) return [];
    const isBest = (id: string) => paper.comparison.pareto.includes(id);
    const chart = scatterChart(
      texts.pareto(title),
      shown.map(({ row, x, y }) => ({
        label: row.id,
        series: series.indexOf(row.id),
        x: figures.converted(x),
        y,
        isFilled: isBest(row.id),
      })),
      { xTitle: texts.monthly, yTitle: title, xTick: figures.moneyTick, yTick: write },
    );
    const rowsOf = table({
      caption: texts.pareto(title),
      isCaptionHidden: true,
      columns: [text(texts.option), figure(texts.monthly), figure(title), text(texts.paretoSet)],
      rows: shown.map(({ row, x, y }) => [
        row.id,
        figures.money(x, isAtLeast(row)),
        write(y),
        isBest(row.id) ? texts.inParetoSet : texts.dominated,
      ]),
    });
    return [
      chartFigure(texts.pareto(title), chart, { title: texts.figures, table: rowsOf }, texts.paretoNote),
    ];
  });
}

const BARS = 12;

/** What moves the cost of the recommended option and of the one next to it. */
export function tornadoCharts(paper: ScenarioPaper, { texts, figures, tell, say }: InLanguage): Html[] {
  const inputs = new Map(paper.sensitivity.inputs.map((input) => [input.id, input]));
  return paper.sensitivity.options.flatMap(({ id, monthlyUsd, tornado }) => {
    const bars = tornado.slice(0, BARS);
    if (bars.length === 0) return [];
    const title = texts.tornado(id);
    const chart = tornadoChart(
      title,
      figures.converted(monthlyUsd),
      bars.map(({ input, atLowUsd, atHighUsd }) => {
        const { text: label, lang } = barLabel(input, inputs.get(input), tell);
        return { label, lang, atLow: figures.converted(atLowUsd), atHigh: figures.converted(atHighUsd) };
      }),
      figures.moneyTick,
    );
    const rowsOf = table({
      caption: title,
      isCaptionHidden: true,
      columns: [
        text(texts.input),
        figure(texts.range),
        text(texts.unit),
        figure(texts.atLow),
        figure(texts.atHigh),
      ],
      rows: tornado.map(({ input, band, atLowUsd, atHighUsd, otherPlan }) => [
        markup`${say(inputs.get(input)?.label ?? input)}<span class="sub"
            >${input}${otherPlan ? markup`<br />${texts.otherPlan}` : null}</span
          >`,
        figures.range(band),
        say(inputs.get(input)?.unit ?? ''),
        figures.moneyChange(atLowUsd - monthlyUsd),
        figures.moneyChange(atHighUsd - monthlyUsd),
      ]),
    });
    const keys = markup`<p class="note">
      <span class="key at-low"></span>${texts.atLow}<span class="key at-high"></span>${texts.atHigh}
    </p>`;
    return [markup`<div>${chartFigure(title, chart, { title: texts.figures, table: rowsOf })}${keys}</div>`];
  });
}

/** Prices of one thing are told apart by what is bought of it. */
function barLabel(id: string, input: SensitivityInput | undefined, tell: InLanguage['tell']): Told {
  if (input === undefined) return { text: id };
  const label = tell(input.label);
  return input.kind === 'price'
    ? { ...label, text: `${tell(input.unit.replace('USD/', '')).text} · ${label.text}` }
    : label;
}
