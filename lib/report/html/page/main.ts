import type { WhatIf } from '#lib/decision/what-if/what-if-case';
import { asDescribed } from '#lib/decision/what-if/what-if-case';
import { asYaml, environmentPatch } from '#lib/decision/what-if/environment-patch';
import { fromLink, linkOf } from '#lib/decision/what-if/what-if-link';
import { openWhatIf } from '#lib/decision/what-if/open-what-if';
import { LANGUAGES } from '#lib/report/html/figures';
import { inLanguage, type InLanguage } from '#lib/report/html/in-language';
import { leverValue, livePanel } from '#lib/report/html/live-panel';
import type { PageData } from '#lib/report/html/report-page';

/** Runs in the reader's browser: moves of the sliders, and the language of the document. */
type Scenario = PageData['scenarios'][number];

const data = JSON.parse(document.getElementById('landfall-what-if')?.textContent ?? 'null') as PageData;

const settings = new Map(data.scenarios.map(({ whatIf }) => [whatIf, fromLink(location.hash, whatIf)]));
const shows = data.scenarios.map(followSliders);
if (linkOf([...settings]) !== '') for (const show of shows) show();
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
  let now: WhatIf = settings.get(whatIf) ?? base;
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
      sayMoved(root, asYaml(environmentPatch(whatIf, now, data.asOf)));
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
    keep();
  };
  const keep = (): void => {
    settings.set(whatIf, now);
    show();
    keepInLink();
  };
  for (const { root } of panels) {
    for (const slider of slidersOf(root)) slider.addEventListener('input', () => moved(slider));
    root.querySelector('[data-reset]')?.addEventListener('click', () => {
      now = base;
      keep();
    });
    root.querySelector('[data-copy]')?.addEventListener('click', () => {
      const lines = root.querySelector('[data-patch]');
      if (lines !== null) copy(lines);
    });
  }
  return show;
}

function slidersOf(root: HTMLElement): HTMLInputElement[] {
  return [...root.querySelectorAll<HTMLInputElement>('input[type="range"]')];
}

/** What is moved, by the names and words of its sliders: paper shows no sliders. */
function sayMoved(root: HTMLElement, patch: string): void {
  const box = root.querySelector<HTMLElement>('[data-moved]');
  const [lines, said] = [root.querySelector('[data-patch]'), root.querySelector('[data-settings]')];
  if (box === null || lines === null || said === null) return;
  box.hidden = patch === '';
  lines.textContent = patch;
  said.textContent = slidersOf(root)
    .filter(({ value, defaultValue }) => value !== defaultValue)
    .map(
      ({ labels, ariaValueText }) => `${labels?.[0]?.querySelector('span')?.textContent}: ${ariaValueText}`,
    )
    .join(' · ');
}

const LINK_DELAY_MS = 300;
let linkTimer = 0;

/** Browsers refuse many changes of an address in a short time. */
function keepInLink(): void {
  clearTimeout(linkTimer);
  linkTimer = setTimeout(() => {
    const link = linkOf([...settings]);
    history.replaceState(null, '', link === '' ? location.pathname + location.search : `#${link}`);
  }, LINK_DELAY_MS);
}

/** Selected besides, for where a browser lets no page write to the clipboard. */
function copy(lines: Element): void {
  getSelection()?.selectAllChildren(lines);
  navigator.clipboard?.writeText(lines.textContent ?? '').catch(() => undefined);
}
