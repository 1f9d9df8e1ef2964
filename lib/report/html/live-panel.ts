import type { WhatIfCost } from '#lib/decision/what-if/open-what-if';
import type { Lever } from '#lib/decision/what-if/what-if-case';
import { barChart } from '#lib/report/html/charts/bars';
import { chartFigure } from '#lib/report/html/charts/chart';
import { courseChart } from '#lib/report/html/charts/course';
import { ABSENT } from '#lib/report/html/figures';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { figure, table, text } from '#lib/report/html/table';

/** What of a scenario's sliders changes when one is moved. */
export interface LivePanel {
  readonly says: Html;
  readonly ranking: Html;
  readonly bars: Html;
  readonly course: Html;
}

/**
 * The moving part of a scenario, written by the command for the described values and by the page for every move.
 *
 * @param described - The costs as described, for the marks and the differences
 */
export function livePanel(
  now: readonly WhatIfCost[],
  described: readonly WhatIfCost[],
  order: readonly string[],
  { texts, figures }: InLanguage,
): LivePanel {
  const before = new Map(described.map((cost) => [cost.id, cost.monthlyUsd]));
  const fitting = now.filter(({ monthlyUsd }) => monthlyUsd !== null);
  const [first, was] = [fitting[0], described.find(({ monthlyUsd }) => monthlyUsd !== null)];
  const money = ({ monthlyUsd, atLeast }: WhatIfCost) => figures.money(monthlyUsd, atLeast);
  return {
    says:
      first === undefined
        ? markup`${texts.noneFits}`
        : markup`${texts.cheapestNow(first.id, money(first))}${texts.gap}${was === undefined || was.id === first.id ? texts.sameAsDescribed : texts.asDescribed(was.id)}`,
    ranking: table({
      caption: texts.whatIf,
      isCaptionHidden: true,
      columns: [
        text(texts.option),
        figure(texts.rank),
        figure(texts.now),
        figure(texts.change),
        figure(texts.presentValue),
        figure(texts.gpus),
      ],
      chosen: first === undefined ? -1 : 0,
      rows: now.map((cost, index) => {
        const { id, monthlyUsd, presentValueUsd, atLeast, gpus } = cost;
        const earlier = before.get(id) ?? null;
        return monthlyUsd === null
          ? [id, ABSENT, texts.doesNotFit, ABSENT, ABSENT, ABSENT]
          : [
              id,
              index + 1,
              money(cost),
              earlier === null ? ABSENT : figures.moneyChange(monthlyUsd - earlier),
              figures.money(presentValueUsd, atLeast),
              gpus === 0 ? texts.managed : figures.number(gpus),
            ];
      }),
    }),
    bars: chartFigure(
      texts.liveBars,
      barChart(
        texts.liveBars,
        fitting.map((cost) => ({
          label: cost.id,
          parts: [
            {
              value: figures.converted(cost.monthlyUsd ?? 0),
              className: `fill-${order.indexOf(cost.id) % 8}`,
            },
          ],
          says: money(cost),
          mark: figures.converted(before.get(cost.id) ?? cost.monthlyUsd ?? 0),
        })),
        figures.moneyTick,
      ),
      null,
    ),
    course: chartFigure(
      texts.liveCourse,
      courseChart(
        texts.liveCourse,
        fitting.map(({ id, cumulativeUsd }) => ({
          label: id,
          series: Math.max(0, order.indexOf(id)),
          values: cumulativeUsd.map(figures.converted),
        })),
        { monthTick: (month) => figures.number(month), valueTick: figures.moneyTick },
      ),
      null,
    ),
  };
}

/** A lever's value as the reader sees it beside the slider. */
export function leverValue({ unit }: Lever, value: number, { figures }: InLanguage): string {
  switch (unit) {
    case 'share':
      return figures.share(value, 1);
    case 'multiple':
      return figures.multiple(value);
    case 'USD/year':
    case 'USD/month':
      return figures.money(value);
  }
  return String(value);
}
