import type { DecisionPaper } from '#lib/decision/paper/decision-paper';
import type { UsedAssumption } from '#lib/decision/used-assumptions';
import { ABSENT } from '#lib/report/html/figures';
import { markup, type Html } from '#lib/report/html/html';
import type { InLanguage } from '#lib/report/html/in-language';
import { figure, longText, table, text } from '#lib/report/html/table';

/** Every input of every cost, the sources that they cite, and what is not counted. */
export function appendix(paper: DecisionPaper, spoken: InLanguage): Html {
  const { texts, prefix } = spoken;
  const inputs = mergedInputs(paper);
  return markup`<h2 id="${prefix}appendix">${texts.appendix}</h2>
    <h3 id="${prefix}excluded">${texts.excluded}</h3>
    <ul>
      ${texts.exclusions.map((one) => markup`<li>${one}</li>`)}
    </ul>
    <h3>${texts.assumptions}</h3>
    <p class="note">${texts.assumptionsNote}</p>
    <details>
      <summary>${texts.assumptions} (${inputs.length})</summary>
      ${assumptionTable(inputs, spoken)}
    </details>
    <h3>${texts.sources}</h3>
    <details>
      <summary>${texts.sources}</summary>
      ${sourceTable(paper, inputs, spoken)}
    </details>`;
}

/** Each input once, with the largest weight that it has on any option. */
function mergedInputs({ scenarios }: DecisionPaper): UsedAssumption[] {
  const merged = new Map<string, UsedAssumption>();
  for (const input of scenarios.flatMap(({ assumptions }) => assumptions).flatMap(({ inputs }) => inputs)) {
    const known = merged.get(input.id);
    if (known === undefined || Math.abs(input.share) > Math.abs(known.share)) merged.set(input.id, input);
  }
  return [...merged.values()].sort((a, b) => Math.abs(b.share) - Math.abs(a.share) || (a.id < b.id ? -1 : 1));
}

function assumptionTable(inputs: readonly UsedAssumption[], { texts, figures, say }: InLanguage): Html {
  return table({
    caption: texts.assumptions,
    isCaptionHidden: true,
    columns: [
      text(texts.input),
      figure(texts.value),
      figure(texts.range),
      text(texts.unit),
      figure(texts.weight),
      text(texts.source),
      text(texts.sourceDate),
    ],
    rows: inputs.map(({ id, label, unit, band, source, publisher, asOf, overridden, share }) => [
      markup`${say(label)}<span class="sub">${id}</span>`,
      figures.number(band.base, 5),
      band.low === band.high ? ABSENT : figures.range(band, 4),
      say(unit),
      figures.share(share, 1),
      overridden || source === null
        ? texts.overridden
        : markup`${publisher ?? ''}<span class="sub">${source}</span>`,
      asOf ?? ABSENT,
    ]),
  });
}

/** Only what this report cites, by id. */
function sourceTable(
  { scenarios, sources }: DecisionPaper,
  inputs: readonly UsedAssumption[],
  { texts, say }: InLanguage,
): Html {
  const ofLines = scenarios.flatMap(({ estimates }) =>
    [...estimates.values()].flatMap(({ lines }) => lines.flatMap(({ source }) => source?.id ?? [])),
  );
  const ofSizings = scenarios.flatMap(({ sizings }) =>
    [...sizings.values()].flatMap(({ nearest, derivation }) => [
      ...(nearest === null ? [] : [nearest.source]),
      ...derivation.flatMap(({ inputs: used }) => used.flatMap(({ source }) => source ?? [])),
    ]),
  );
  const cited = new Set([...inputs.flatMap(({ source }) => source ?? []), ...ofLines, ...ofSizings]);
  const found = [...cited].sort().flatMap((id) => sources.get(id) ?? []);
  return table({
    caption: texts.sources,
    isCaptionHidden: true,
    columns: [
      text(texts.source),
      text(texts.publisher),
      longText(texts.document),
      text(texts.retrieved),
      text(texts.method),
    ],
    rows: found.map(({ id, publisher, document, retrieved, method, note }) => [
      id,
      publisher,
      markup`${say(document)}${note === undefined ? null : markup`<span class="sub">${say(note)}</span>`}`,
      retrieved,
      say(method),
    ]),
  });
}
