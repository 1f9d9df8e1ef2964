import { openWhatIf } from '#lib/decision/what-if/open-what-if';
import { asDescribed, type WhatIfCase } from '#lib/decision/what-if/what-if-case';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { leverValue, livePanel } from '#lib/report/html/live-panel';

/** The sliders of a scenario, with what they show before any is moved. */
export function whatIfSection(whatIf: WhatIfCase, order: readonly string[], spoken: InLanguage): Html {
  const { texts, figures, prefix } = spoken;
  const described = asDescribed(whatIf);
  const costs = openWhatIf(whatIf).at(described);
  const panel = livePanel(costs, costs, order, spoken);
  const id = `${prefix}what-if-${whatIf.scenario}`;
  const stops = [
    {
      name: 'multiple',
      label: texts.traffic,
      says: figures.multiple(1),
      note: texts.trafficStops(whatIf.multiples.map(figures.multiple).join(' · ')),
      count: whatIf.multiples.length,
      at: whatIf.multiples.indexOf(described.multiple),
    },
    {
      name: 'horizon',
      label: texts.horizon,
      says: texts.months(described.horizonMonths),
      note: texts.horizonStops(whatIf.horizonsMonths.join(' · ')),
      count: whatIf.horizonsMonths.length,
      at: whatIf.horizonsMonths.indexOf(described.horizonMonths),
    },
  ];
  return markup`<section
    class="panel"
    id="${id}"
    data-what-if="${whatIf.scenario}"
    data-language="${spoken.language}"
  >
    <h3>${texts.whatIf}</h3>
    <p class="note">${texts.whatIfNote}</p>
    <noscript><p class="note">${texts.noScript}</p></noscript>
    <div class="sliders">
      ${stops.map(({ name, label, says, note, count, at }) =>
        slider({ id: `${id}-${name}`, name, label, says, low: 0, high: count - 1, step: 1, value: at, note }),
      )}${whatIf.levers.map((lever) =>
        slider({
          id: `${id}-${lever.id}`,
          name: lever.id,
          label: texts.levers[lever.id],
          says: leverValue(lever, lever.base, spoken),
          low: lever.low,
          high: lever.high,
          step: lever.step,
          value: lever.base,
          note: `${leverValue(lever, lever.low, spoken)} – ${leverValue(lever, lever.high, spoken)}`,
        }),
      )}
    </div>
    <p class="noprint"><button type="button" data-reset>${texts.reset}</button></p>
    <div data-moved hidden>
      <p class="note"><strong>${texts.moved}</strong> <span data-settings></span></p>
      <details class="small noprint">
        <summary>${texts.patch}</summary>
        <p class="note">${texts.patchNote}</p>
        <pre tabindex="0" role="group" aria-label="${texts.patch}" data-patch></pre>
        <p><button type="button" data-copy>${texts.copy}</button></p>
      </details>
    </div>
    <p class="says" role="status" data-live="says">${panel.says}</p>
    <div data-live="ranking">${panel.ranking}</div>
    <div class="charts">
      <div data-live="bars">${panel.bars}</div>
      <div data-live="course">${panel.course}</div>
    </div>
  </section>`;
}

interface Slider {
  readonly id: string;
  readonly name: string;
  readonly label: string;
  readonly says: string;
  readonly note: string;
  readonly low: number;
  readonly high: number;
  readonly step: number;
  readonly value: number;
}

function slider({ id, name, label, says, note, low, high, step, value }: Slider): Html {
  return markup`<div>
    <label for="${id}"><span>${label}</span><output for="${id}">${says}</output></label>
    <input
      type="range"
      id="${id}"
      name="${name}"
      min="${low}"
      max="${high}"
      step="${step}"
      value="${value}"
      aria-valuetext="${says}"
      aria-describedby="${id}-note"
      autocomplete="off"
    /><span class="sub" id="${id}-note">${note}</span>
  </div> `;
}
