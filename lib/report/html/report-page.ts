import type { DatedRate } from '#lib/cost/in-currency';
import type { DecisionPaper } from '#lib/decision/paper/decision-paper';
import type { WhatIfCase } from '#lib/decision/what-if/what-if-case';
import type { Portfolio } from '#lib/portfolio/portfolio';
import { LANGUAGE_TAGS, type Language } from '#lib/report/html/figures';
import { embedded, Html, markup } from '#lib/report/html/html';
import { inLanguage, type InLanguage } from '#lib/report/html/in-language';
import { inChinese } from '#lib/report/html/phrases/chinese-book';
import type { Translate } from '#lib/report/html/phrases/phrase-book';
import { appendix } from '#lib/report/html/sections/appendix';
import { ranked } from '#lib/report/html/sections/option-tables';
import { scenarioSection } from '#lib/report/html/sections/scenario';
import { summarySection } from '#lib/report/html/sections/summary';
import { STYLE } from '#lib/report/html/style';
import { US_DOLLAR, type Currency } from '#lib/units/currency';

/** Stands in the head of every report: by it a file is known to be one. */
export const REPORT_MARK = '<meta name="generator" content="Landfall report">';

/** What the library says, told in the languages that are not its own. */
const BOOKS: Readonly<Partial<Record<Language, Translate>>> = { zh: inChinese };

/** What the page's script is given. */
export interface PageData {
  readonly currency: Currency;
  /** Day of the report. */
  readonly asOf: string;
  readonly scenarios: readonly {
    readonly whatIf: WhatIfCase;
    /** Options by their colour. */
    readonly order: readonly string[];
  }[];
}

export interface ReportPageProps {
  readonly paper: DecisionPaper;
  /** All scenarios planned together, where there are several. @default - left out */
  readonly portfolio?: Portfolio | null;
  /** The first is the one that is shown first. */
  readonly languages: readonly [Language, ...Language[]];
  /** Of all amounts. @default - USD */
  readonly rate?: DatedRate | undefined;
  /** The bundle of `page/main.ts`. */
  readonly script: string;
  /** How the report was asked for, to be asked for again. */
  readonly command: string;
  /** SHA-256 in base64: the page allows exactly its own script and style. */
  readonly digest: (text: string) => string;
}

/** One file that needs nothing else: the whole paper in each language, and the data and code of its sliders. */
export function reportPage(props: ReportPageProps): string {
  const { paper, languages, rate, digest } = props;
  // A script element ends at the first end tag, wherever the program has it.
  const script = props.script.replaceAll('</', String.raw`<\/`);
  const [first] = languages;
  const spoken = languages.map((language) => inLanguage(language, rate ?? US_DOLLAR, BOOKS[language]));
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${digest(script)}'`,
    `style-src 'sha256-${digest(STYLE)}'`,
    "base-uri 'none'",
    "form-action 'none'",
  ].join('; ');
  const page = markup`<!doctype html>
    <html lang="${LANGUAGE_TAGS[first]}">
      <head>
        <meta charset="utf-8">
        ${new Html(REPORT_MARK)}
        <meta http-equiv="Content-Security-Policy" content="${new Html(policy)}">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>${inLanguage(first, US_DOLLAR).texts.title(paper.comparison.environment)}</title>
        <style>${new Html(STYLE)}</style>
      </head>
      <body>
        ${bar(spoken)}
        ${spoken.map((one) => main(props, one))}
        <script type="application/json" id="landfall-comparison">${embedded(paper.comparison)}</script>
        <script type="application/json" id="landfall-what-if">${embedded(pageData(props))}</script>
        <script>${new Html(script)}</script>
      </body>
    </html>`;
  return `${page.text}\n`;
}

function pageData({ paper, rate }: ReportPageProps): PageData {
  const { currency, perUsd } = rate ?? US_DOLLAR;
  return {
    currency: { currency, perUsd },
    asOf: paper.comparison.asOf,
    scenarios: paper.scenarios.map((scenario) => ({
      whatIf: scenario.whatIf,
      order: ranked(scenario).map(({ id }) => id),
    })),
  };
}

/** The switch of languages works without a script: the style shows the chosen one. */
function bar(spoken: readonly InLanguage[]): Html {
  const choices = spoken.map(
    ({ language, tag, texts }, index) =>
      markup`<label lang="${tag}"
        ><input
          type="radio"
          name="language"
          id="language-${language}"
          value="${tag}"
          ${index === 0 ? markup` checked` : null}
          autocomplete="off"
        />
        ${texts.language}</label
      >`,
  );
  const legend = spoken.map(({ texts }) => texts.languages).join(' / ');
  return markup`<header class="bar">
    <strong>Landfall</strong>${
      spoken.length < 2
        ? null
        : markup`<fieldset class="languages">
            <legend class="unseen">${legend}</legend>
            ${choices}
          </fieldset>`
    }
  </header>`;
}

function main({ paper, portfolio = null, rate, command }: ReportPageProps, spoken: InLanguage): Html {
  const { texts, figures, prefix, tag } = spoken;
  const { environment, asOf, horizonMonths } = paper.comparison;
  const facts = [
    texts.facts(asOf, horizonMonths, figures.share(paper.discountRatePerYear, 1)),
    texts.amounts(rate?.currency ?? US_DOLLAR.currency),
    ...(rate === undefined
      ? []
      : [texts.rate(rate.currency, figures.number(rate.perUsd, 6), rate.source, rate.asOf)]),
    texts.quoted,
  ].filter((fact) => fact !== '');
  return markup`<main lang="${tag}" id="${prefix}report">
    <h1>${texts.title(environment)}</h1>
    <p class="facts">${facts.join(texts.gap)}</p>
    <nav aria-label="${texts.contents}">
      <ul>
        ${paper.scenarios.map(
          ({ id, comparison }) => markup`<li><a href="#${prefix}scenario-${id}">${comparison.title}</a></li>`,
        )}
        <li><a href="#${prefix}appendix">${texts.appendix}</a></li>
      </ul>
    </nav>
    ${summarySection(paper, portfolio, spoken)}
    ${paper.scenarios.map((scenario) => scenarioSection(scenario, paper, spoken))}
    ${appendix(paper, spoken)}
    <footer>
      <p>${texts.made(command)}</p>
      <p>${texts.data}</p>
    </footer>
  </main> `;
}
