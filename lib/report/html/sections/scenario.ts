import type { DecisionPaper, ScenarioPaper } from '#lib/decision/paper/decision-paper';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { makeUpChart, paretoCharts, tornadoCharts } from '#lib/report/html/sections/charts';
import { decisionBox } from '#lib/report/html/sections/decision';
import { bills, sizings } from '#lib/report/html/sections/evidence';
import { layersTable, moneyTable, performanceTable, ranked } from '#lib/report/html/sections/option-tables';
import { turningSection } from '#lib/report/html/sections/turning';
import { whatIfSection } from '#lib/report/html/sections/what-if';

/** One scenario, from the decision down to what it rests on. */
export function scenarioSection(scenario: ScenarioPaper, paper: DecisionPaper, spoken: InLanguage): Html {
  const { texts, prefix, say } = spoken;
  const { comparison, whatIf } = scenario;
  const isAlone = paper.scenarios.length === 1;
  const fits = ranked(scenario).length > 0;
  const sized = sizings(scenario, spoken);
  return markup`<section aria-labelledby="${prefix}scenario-${scenario.id}">
    <h2 id="${prefix}scenario-${scenario.id}"${isAlone ? markup` class="first"` : null}>${comparison.title} <span class="sub">${scenario.id}</span></h2>
    <p class="facts">${demandOf(scenario, spoken)}</p>
    ${decisionBox(scenario, paper, spoken)} ${list(texts.why, comparison.why.map(say))}
    ${
      fits
        ? markup`<h3>${texts.options}</h3>
            <p class="note">${texts.optionsNote}</p>
            ${moneyTable(scenario, spoken)}
            ${whatIfSection(
              whatIf,
              ranked(scenario).map(({ id }) => id),
              spoken,
            )}
            <div class="charts">
              <div>${makeUpChart(scenario, spoken)}</div>
              ${paretoCharts(scenario, spoken)}
            </div>
            <h3>${texts.performance}</h3>
            <p class="note">${texts.performanceNote(scenario.scenario.objectives.percentile)}</p>
            ${performanceTable(scenario, spoken)} ${turningSection(scenario, spoken)}
            <div class="charts">${tornadoCharts(scenario, spoken)}</div>
            <h3>${texts.operates}</h3>
            ${layersTable(scenario, spoken)}`
        : null
    }
    ${list(
      texts.unfit,
      comparison.options
        .filter(({ feasible }) => !feasible)
        .map(({ id, reasons }) => markup`<strong>${id}</strong>${texts.colon}${say(reasons.join('; '))}`),
    )}
    ${list(texts.cheaperPaid, otherwiseOf(scenario, spoken))}
    ${list(
      texts.settle,
      comparison.cautions.map(
        ({ options, text }) =>
          markup`<strong>${options.join(texts.listGap)}</strong>${texts.colon}${say(text)}`,
      ),
    )}
    ${
      fits
        ? markup`<h3>${texts.bills}</h3>
            ${bills(scenario, spoken)}`
        : null
    }
    ${
      sized.length > 0
        ? markup`<h3>${texts.sizings}</h3>
            ${sized}`
        : null
    }
  </section>`;
}

function demandOf({ scenario }: ScenarioPaper, { texts, figures }: InLanguage): string {
  const { traffic } = scenario;
  const { ttftMs, tpotMs, availability } = scenario.objectives;
  const { mean, peak } = traffic.requestsPerSecond;
  return [
    texts.demand(
      figures.number(mean),
      figures.number(peak),
      figures.number(traffic.inputTokens.mean, 5),
      figures.number(traffic.outputTokens.mean, 5),
    ),
    texts.asked([
      ...(ttftMs === undefined ? [] : [texts.askedTtft(figures.milliseconds(ttftMs))]),
      ...(tpotMs === undefined ? [] : [texts.askedTpot(figures.milliseconds(tpotMs))]),
      texts.askedAvailability(figures.share(availability, 3)),
    ]),
  ].join(texts.gap);
}

function otherwiseOf({ comparison }: ScenarioPaper, { texts, figures }: InLanguage): string[] {
  return comparison.otherwise.map(({ option, payment, monthlyUsd, savesUsd }) =>
    texts.paidOtherwise(option, texts.paid[payment], figures.money(monthlyUsd), figures.money(savesUsd)),
  );
}

function list(title: string, items: readonly (Html | string)[]): Html | null {
  return items.length === 0
    ? null
    : markup`<h3>${title}</h3>
        <ul>
          ${items.map((item) => markup`<li>${item}</li>`)}
        </ul>`;
}
