import type { WhatIf } from '#lib/decision/what-if/what-if-case';
import { asDescribed } from '#lib/decision/what-if/what-if-case';
import { openWhatIf } from '#lib/decision/what-if/open-what-if';
import { LANGUAGES } from '#lib/report/html/figures';
import { inLanguage, type InLanguage } from '#lib/report/html/in-language';
import { leverValue, livePanel } from '#lib/report/html/live-panel';
import type { PageData } from '#lib/report/html/report-page';

/** Runs in the reader's browser: moves of the sliders, and the language of the document. */
type Scenario = PageData['scenarios'][number];

const data = JSON.parse(document.getElementById('landfall-what-if')?.textContent ?? 'null') as PageData;

const shows = data.scenarios.map(followSliders);
for (const choice of document.querySelectorAll<HTMLInputElement>('input[name="language"]')) {
  choice.addEventListener('change', () => {
    speak(choice.value);
    for (const show of shows) show();
  });
}

/** Screen readers read by the language of the document. */
function speak(tag: string): void {
  document.documentElement.lang = tag;
  document.title = document.querySelector(`main[lang="${tag}"] h1`)?.textContent ?? document.title;
}

interface Panel {
  readonly root: HTMLElement;
  readonly spoken: InLanguage;
}

/** @returns what shows the scenario's values in the language that is seen */
function followSliders({ whatIf, order }: Scenario): () => void {
  const panels = [...document.querySelectorAll<HTMLElement>('[data-what-if]')].flatMap((root): Panel[] => {
    const language = LANGUAGES.find((one) => one === root.dataset['language']);
    return root.dataset['whatIf'] === whatIf.scenario && language !== undefined
      ? [{ root, spoken: inLanguage(language, data.currency) }]
      : [];
  });
  const opened = openWhatIf(whatIf);
  const base = asDescribed(whatIf);
  const described = opened.at(base);
  let now: WhatIf = base;
  const show = (): void => {
    const costs = opened.at(now);
    for (const { root, spoken } of panels) {
      // Of the other language nobody sees anything until it is chosen.
      if (root.offsetParent === null) continue;
      const panel = livePanel(costs, described, order, spoken);
      for (const part of root.querySelectorAll<HTMLElement>('[data-live]')) {
        const name = part.dataset['live'] as keyof typeof panel;
        part.innerHTML = panel[name].text;
      }
      for (const slider of slidersOf(root)) say(slider, spoken);
    }
  };
  /** Both languages show the same values. */
  const say = (slider: HTMLInputElement, spoken: InLanguage): void => {
    const { name } = slider;
    const lever = whatIf.levers.find(({ id }) => id === name);
    const value =
      lever === undefined
        ? name === 'multiple'
          ? whatIf.multiples.indexOf(now.multiple)
          : whatIf.horizonsMonths.indexOf(now.horizonMonths)
        : (now.levers[lever.id] ?? lever.base);
    const words =
      lever === undefined
        ? name === 'multiple'
          ? spoken.figures.multiple(now.multiple)
          : spoken.texts.months(now.horizonMonths)
        : leverValue(lever, value, spoken);
    slider.value = String(value);
    slider.setAttribute('aria-valuetext', words);
    const output = slider.parentElement?.querySelector('output');
    if (output) output.textContent = words;
  };
  const moved = ({ name, valueAsNumber }: HTMLInputElement): void => {
    const lever = whatIf.levers.find(({ id }) => id === name);
    if (lever !== undefined) now = { ...now, levers: { ...now.levers, [lever.id]: valueAsNumber } };
    else if (name === 'multiple') now = { ...now, multiple: whatIf.multiples[valueAsNumber] ?? now.multiple };
    else now = { ...now, horizonMonths: whatIf.horizonsMonths[valueAsNumber] ?? now.horizonMonths };
    show();
  };
  for (const { root } of panels) {
    for (const slider of slidersOf(root)) slider.addEventListener('input', () => moved(slider));
    root.querySelector('[data-reset]')?.addEventListener('click', () => {
      now = base;
      show();
    });
  }
  return show;
}

function slidersOf(root: HTMLElement): HTMLInputElement[] {
  return [...root.querySelectorAll<HTMLInputElement>('input[type="range"]')];
}
