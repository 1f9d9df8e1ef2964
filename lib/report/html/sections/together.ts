import type { DecisionPaper } from '#lib/decision/paper/decision-paper';
import type { Portfolio } from '#lib/portfolio/portfolio';
import { ABSENT } from '#lib/report/html/figures';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { figure, table, text } from '#lib/report/html/table';

/** Where each scenario goes if all are planned together, and what that costs against each for itself. */
export function togetherSection(
  portfolio: Portfolio,
  { scenarios }: Pick<DecisionPaper, 'scenarios'>,
  spoken: InLanguage,
): Html {
  const { texts, figures, say } = spoken;
  const { status, monthlyUsd, upfrontUsd, apartUsd, compared, atLeast, conflicts, notes } = portfolio;
  const heading = markup`<h3>${texts.together}</h3>`;
  if (status === 'infeasible' || monthlyUsd === null) {
    return markup`${heading}
      <p>${texts.togetherNone}</p>
      ${list([...conflicts, ...notes].map(say))}`;
  }
  const sentences = [
    texts.togetherCosts(
      figures.money(monthlyUsd.base, atLeast),
      figures.moneyRange(monthlyUsd),
      figures.money(upfrontUsd),
    ),
    texts.togetherApart(figures.money(apartUsd, atLeast)),
    ...(compared.apartUsd === null
      ? []
      : [texts.togetherCompared(figures.money(compared.apartUsd, compared.atLeast))]),
  ];
  return markup`${heading}
    <p class="note">${texts.togetherNote}</p>
    <p><strong>${sentences[0] ?? ''}</strong>${texts.gap}${sentences.slice(1).join(texts.gap)}</p>
    ${choices(portfolio, scenarios, spoken)}
    ${list(notes.map(say))}`;
}

function choices(
  { choices: chosen, trainings }: Portfolio,
  scenarios: DecisionPaper['scenarios'],
  { texts, figures }: InLanguage,
): Html {
  const titles = new Map(scenarios.map(({ id, comparison }) => [id, comparison.title]));
  return table({
    caption: texts.together,
    isCaptionHidden: true,
    columns: [
      text(texts.scenario),
      text(texts.option),
      text(texts.model),
      text(texts.nodes),
      figure(texts.aloneCost),
      figure(texts.leadTime),
    ],
    rows: [
      ...chosen.map((choice) => [
        markup`${titles.get(choice.scenario) ?? ''}<span class="sub">${choice.scenario}</span>`,
        choice.split === null ? choice.option : `${choice.option} + ${choice.split.option}`,
        choice.model,
        choice.nodes ?? texts.managed,
        figures.money(choice.aloneUsd, choice.atLeast),
        texts.days(figures.number(choice.leadTimeDays)),
      ]),
      ...trainings.map((training) => [
        markup`${training.training}<span class="sub">${texts.training}</span>`,
        training.option === null
          ? texts.byTheHour
          : texts.freeHours(training.option, figures.share(training.matchedShare)),
        training.model,
        `${training.gpus} × ${training.accelerator}`,
        figures.money(training.byTheHourUsd),
        ABSENT,
      ]),
    ],
  });
}

function list(items: readonly Html[]): Html | null {
  return items.length === 0
    ? null
    : markup`<ul class="note">
        ${items.map((item) => markup`<li>${item}</li>`)}
      </ul>`;
}
