import { CATEGORIES } from '#lib/catalog/purchase';
import type { SourceReference } from '#lib/catalog/provenance';
import type { Estimate, LineItem } from '#lib/cost/estimate';
import type { ScenarioPaper } from '#lib/decision/paper/decision-paper';
import { ABSENT } from '#lib/report/html/figures';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { ranked } from '#lib/report/html/sections/option-tables';
import { figure, longText, table, text } from '#lib/report/html/table';
import type { Step } from '#lib/units/derivation';

/** The bill of every option that fits, line by line, each to open. */
export function bills(paper: ScenarioPaper, spoken: InLanguage): Html[] {
  return ranked(paper).flatMap(({ id }) => {
    const estimate = paper.estimates.get(id);
    return estimate === undefined ? [] : [bill(estimate, spoken)];
  });
}

function bill(estimate: Estimate, { texts, figures, say }: InLanguage): Html {
  const { option, totals, atLeast, waitAtLeast = false, notes } = estimate;
  const total = figures.money(totals.monthlyUsd.base, atLeast || waitAtLeast);
  const state = (line: LineItem) =>
    line.state === 'free'
      ? texts.free
      : line.state === 'unpriced'
        ? texts.unpriced
        : figures.money(line.monthlyUsd);
  const lines = estimate.lines.toSorted(
    (a, b) =>
      Number(b.tangible) - Number(a.tangible) ||
      CATEGORIES.indexOf(a.category) - CATEGORIES.indexOf(b.category) ||
      (b.monthlyUsd ?? 0) - (a.monthlyUsd ?? 0),
  );
  const rows = lines.map((line) => [
    markup`${say(line.label)}<span class="sub">${line.key} · ${say(line.basis)}</span>`,
    line.tangible ? texts.tangible : texts.intangible,
    figures.number(line.quantity, 6),
    say(line.unit),
    figures.unitUsd(line.unitPriceUsd),
    state(line),
    line.source === null
      ? ABSENT
      : markup`${publisherOf(line.source, texts)}<span class="sub">${line.source.id}</span>`,
    line.source?.asOf ?? ABSENT,
  ]);
  return markup`<details>
    <summary>${texts.bill(option, total)}</summary>
    ${table({
      caption: texts.bill(option, total),
      isCaptionHidden: true,
      columns: [
        text(texts.line),
        text(texts.category),
        figure(texts.quantity),
        text(texts.unit),
        figure(texts.unitPrice),
        figure(texts.monthly),
        text(texts.source),
        text(texts.sourceDate),
      ],
      rows: [
        ...rows,
        [markup`<strong>${texts.total}</strong>`, '', '', '', '', markup`<strong>${total}</strong>`, '', ''],
      ],
    })}${
      notes.length === 0
        ? null
        : markup`<ul>
            ${notes.map((note) => markup`<li>${say(note)}</li>`)}
          </ul>`
    }
  </details>`;
}

/** What the environment file states has no publisher; a price of it names its document. */
function publisherOf({ id, publisher }: SourceReference, texts: InLanguage['texts']): string {
  return id === 'environment' || publisher === 'environment' ? texts.overridden : publisher;
}

/** How each fleet was sized: what binds it, and every step with its inputs. */
export function sizings(paper: ScenarioPaper, spoken: InLanguage): Html[] {
  const { texts, figures, say } = spoken;
  return ranked(paper).flatMap(({ id, gpus }) => {
    const sizing = paper.sizings.get(id);
    if (sizing === undefined) return [];
    const title = texts.sizing(id, figures.number(sizing.replicas), figures.number(gpus));
    return [
      markup`<details>
        <summary>${title}</summary>
        <p>
          ${texts.binding(texts.bindings[sizing.binding])}${texts.gap}${texts.confidence}${texts.colon}${texts.confidences[sizing.confidence]}${texts.stop}
        </p>
        ${table({
          caption: title,
          isCaptionHidden: true,
          columns: [text(texts.step), figure(texts.value), text(texts.unit), longText(texts.formula)],
          rows: sizing.derivation.map(({ label, value, unit, formula, inputs }) => [
            say(label),
            figures.number(value, 5),
            say(unit),
            markup`${say(formula)}<span class="sub"
                >${inputs.map((input, index) => markup`${index === 0 ? null : ' · '}${given(input, spoken)}`)}</span
              >`,
          ]),
        })}
      </details>`,
    ];
  });
}

/** A figure that a step takes, with its unit and who published it. */
function given({ name, value, unit, source }: Step['inputs'][number], { figures, say }: InLanguage): Html {
  return markup`${say(name)} ${typeof value === 'number' ? figures.number(value, 5) : say(value)} ${say(unit)}${source === undefined ? null : ` [${source}]`}`;
}
