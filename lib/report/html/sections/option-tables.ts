import { isAtLeast } from '#lib/compare/at-least';
import type { OptionRow } from '#lib/compare/comparison';
import type { ScenarioPaper } from '#lib/decision/paper/decision-paper';
import { ABSENT } from '#lib/report/html/figures';
import { markup, type Html, type Part } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { figure, longText, table, text } from '#lib/report/html/table';
import { LAYERS } from '#lib/targets/target';
import type { Band } from '#lib/units/band';

/** Title, model, format and engine of an option, as far as they are known. */
export function optionName(
  { title, model, precision, engine }: OptionRow,
  { texts }: Pick<InLanguage, 'texts'>,
): string {
  return [texts.place(title), model, precision, engine].flatMap((part) => part ?? []).join(' · ');
}

/** Options that fit, the cheapest first; those with unpriced lines after them. */
export function ranked({ comparison }: ScenarioPaper): OptionRow[] {
  return comparison.options
    .filter(({ feasible }) => feasible)
    .toSorted(
      (a, b) =>
        Number(a.atLeast) - Number(b.atLeast) ||
        (a.monthlyUsd?.base ?? Infinity) - (b.monthlyUsd?.base ?? Infinity) ||
        (a.id < b.id ? -1 : 1),
    );
}

const named = (row: OptionRow, spoken: InLanguage): Part =>
  markup`${row.id}<span class="sub">${optionName(row, spoken)}</span>`;

export function moneyTable(paper: ScenarioPaper, spoken: InLanguage): Html {
  const { texts, figures } = spoken;
  const rows = ranked(paper);
  const perMillion = (row: OptionRow) =>
    markup`${figures.money(row.usdPerMillionTokens?.base ?? null, isAtLeast(row))}<span class="sub"
        >${figures.moneyRange(row.usdPerMillionTokens)}</span
      >`;
  return table({
    caption: texts.options,
    isCaptionHidden: true,
    columns: [
      text(texts.option),
      figure(texts.rank),
      figure(texts.monthly),
      figure(texts.range),
      figure(texts.tangible),
      figure(texts.intangible),
      figure(texts.presentValue),
      figure(texts.monthZero),
      figure(texts.peakCash),
      figure(texts.perMillion),
      figure(texts.leadTime),
    ],
    chosen: rows.findIndex(({ id }) => id === paper.comparison.recommended),
    rows: rows.map((row, index) => [
      named(row, spoken),
      index + 1,
      figures.money(row.monthlyUsd?.base ?? null, isAtLeast(row)),
      figures.moneyRange(row.monthlyUsd),
      figures.money(row.tangibleMonthlyUsd, row.atLeast),
      figures.money(row.intangibleMonthlyUsd),
      figures.money(row.presentValueUsd, isAtLeast(row)),
      figures.money(row.monthZeroCashUsd, isAtLeast(row)),
      figures.money(row.peakCashUsd, isAtLeast(row)),
      perMillion(row),
      row.leadTimeDays === null
        ? ABSENT
        : markup`${texts.days(figures.number(row.leadTimeDays.base))}<span class="sub"
              >${figures.range(row.leadTimeDays)}</span
            >`,
    ]),
  });
}

/** Every latency and throughput with its band, its class and the nearest measured run. */
export function performanceTable(paper: ScenarioPaper, spoken: InLanguage): Html {
  const { texts, figures, say } = spoken;
  const rows = ranked(paper);
  const banded = (band: Band | null, write: (value: number | null) => string) =>
    band === null
      ? ABSENT
      : markup`${write(band.base)}<span class="sub">${write(band.low)} – ${write(band.high)}</span>`;
  return table({
    caption: texts.performance,
    isCaptionHidden: true,
    columns: [
      text(texts.option),
      figure(texts.gpus),
      figure(texts.ttft),
      figure(texts.tpot),
      figure(texts.throughput),
      text(texts.confidence),
      longText(texts.nearest),
      figure(texts.headroom),
      figure(texts.utilisation),
      figure(texts.availability),
      figure(texts.quality),
    ],
    chosen: rows.findIndex(({ id }) => id === paper.comparison.recommended),
    rows: rows.map((row) => {
      const nearest = paper.sizings.get(row.id)?.nearest ?? null;
      return [
        named(row, spoken),
        row.gpu === null ? texts.managed : `${figures.number(row.gpus)} × ${row.gpu}`,
        banded(row.ttftMs, figures.milliseconds),
        banded(row.tpotMs, figures.milliseconds),
        banded(row.tokensPerSecond, (value) => figures.number(value)),
        row.confidence === null ? ABSENT : texts.confidences[row.confidence],
        nearest === null
          ? paper.sizings.has(row.id)
            ? texts.noNearest
            : ABSENT
          : markup`${nearest.source}<span class="sub"
                >${texts.nearestRun(
                  figures.number(nearest.outputTokensPerSecondPerGpu),
                  figures.number(nearest.predicted),
                  say(nearest.difference),
                )}</span
              >`,
        figures.share(row.headroom),
        figures.share(row.utilisation),
        figures.share(row.availability, 3),
        row.quality === null
          ? ABSENT
          : markup`${figures.number(row.quality.score)}<span class="sub">${row.quality.metric}</span>`,
      ];
    }),
  });
}

export function layersTable(paper: ScenarioPaper, { texts }: InLanguage): Html {
  return table({
    caption: texts.operates,
    isCaptionHidden: true,
    columns: [text(texts.option), ...LAYERS.map((layer) => text(texts.layers[layer]))],
    rows: ranked(paper).map((row) => [row.id, ...LAYERS.map((layer) => texts[row.operates[layer]])]),
  });
}
