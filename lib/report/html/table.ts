import { markup, type Html, type Part } from '#lib/report/html/html';

export interface HtmlColumn {
  readonly title: string;
  /** Figures stand to the right. @default - text */
  readonly isFigure?: boolean;
  /** Long texts keep some width. @default false */
  readonly isWide?: boolean;
}

export interface HtmlTable {
  readonly caption: string;
  /** Hides the caption from sight where a heading says the same. @default false */
  readonly isCaptionHidden?: boolean;
  readonly columns: readonly HtmlColumn[];
  /** The first cell names the row. */
  readonly rows: readonly (readonly Part[])[];
  /** Number of the row that is the one to take. @default - none */
  readonly chosen?: number;
}

/** A table that scrolls by itself where the window is narrow; with the keyboard too. */
export function table({ caption, isCaptionHidden = false, columns, rows, chosen = -1 }: HtmlTable): Html {
  const head = columns.map(({ title, isFigure }) =>
    isFigure === true
      ? markup`<th scope="col" class="figure">${title}</th>`
      : markup`<th scope="col">${title}</th>`,
  );
  const cell = (part: Part, index: number) =>
    index === 0
      ? markup`<th scope="row">${part}</th>`
      : columns[index]?.isFigure === true
        ? markup`<td class="figure">${part}</td>`
        : columns[index]?.isWide === true
          ? markup`<td class="wide">${part}</td>`
          : markup`<td>${part}</td>`;
  const body = rows.map((row, index) =>
    index === chosen
      ? markup`<tr class="chosen">
          ${row.map(cell)}
        </tr>`
      : markup`<tr>
          ${row.map(cell)}
        </tr>`,
  );
  return markup`<div class="scroll" role="group" tabindex="0" aria-label="${caption}"><table>
<caption${isCaptionHidden ? markup` class="unseen"` : null}>${caption}</caption>
<thead><tr>${head}</tr></thead>
<tbody>${body.map((row) => markup`${row} `)}</tbody></table></div>`;
}

export function text(title: string): HtmlColumn {
  return { title };
}

export function figure(title: string): HtmlColumn {
  return { title, isFigure: true };
}

export function longText(title: string): HtmlColumn {
  return { title, isWide: true };
}
