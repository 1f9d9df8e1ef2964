import { markup, type Html } from '#lib/report/html/html';
import { px } from '#lib/report/html/charts/scale';

export const WIDTH = 600;
export const TEXT_SIZE = 13;

/** A drawing with a name. What it shows stands in a table beside it, so that it is one picture to a screen reader. */
export function drawing(title: string, heightPixels: number, content: readonly Html[]): Html {
  return markup`<svg class="chart" viewBox="0 0 ${WIDTH} ${px(heightPixels)}" role="img" aria-label="${title}">
    ${content}
  </svg>`;
}

/** Shapes of series beyond their colour: dashes of lines. */
export const DASHES = ['none', '7 3', '2 3', '10 3 2 3', '5 5', '12 4', '1 5', '8 2 1 2 1 2'] as const;

/** A vertical grid line with its label beneath. */
export function verticalTick(x: number, top: number, bottom: number, label: string): Html {
  return markup`<line class="grid" x1="${px(x)}" x2="${px(x)}" y1="${px(top)}" y2="${px(bottom)}" /><text
      class="tick"
      x="${px(x)}"
      y="${px(bottom + 18)}"
      text-anchor="middle"
      >${label}</text
    >`;
}

/** A horizontal grid line with its label to the left. */
export function horizontalTick(y: number, left: number, right: number, label: string): Html {
  return markup`<line class="grid" x1="${px(left)}" x2="${px(right)}" y1="${px(y)}" y2="${px(y)}" /><text
      class="tick"
      x="${px(left - 8)}"
      y="${px(y + 4)}"
      text-anchor="end"
      >${label}</text
    >`;
}

/** A chart, a note, and the same figures as a table that opens. */
export function chartFigure(
  title: string,
  chart: Html,
  figures: { readonly title: string; readonly table: Html } | null,
  note = '',
): Html {
  return markup`<figure>
    <figcaption>${title}</figcaption>
    <div class="scroll" role="group" tabindex="0" aria-label="${title}">${chart}</div>
    ${note === '' ? null : markup`<p class="note">${note}</p>`}${
      figures === null
        ? null
        : markup`<details class="small">
            <summary>${figures.title}</summary>
            ${figures.table}
          </details>`
    }
  </figure>`;
}
