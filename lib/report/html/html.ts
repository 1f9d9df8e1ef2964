/** Markup that is safe to place into a page: it is made by `markup` alone, which escapes whatever else it is given. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | null | readonly Part[];

/** Markup from a template, without its indentation. Texts and numbers are escaped, also for attributes in double quotes; `null` is nothing. */
export function markup(template: TemplateStringsArray, ...parts: readonly Part[]): Html {
  const pieces = template.map((piece) => piece.replaceAll(/\n\s+/g, '\n'));
  return new Html(pieces.reduce((text, piece, index) => text + written(parts[index - 1] ?? null) + piece));
}

function written(part: Part): string {
  if (part === null) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escaped(part);
  return typeof part === 'number' ? String(part) : part.map(written).join('');
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

function escaped(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => ENTITIES[character] ?? character);
}

/** A value as JSON that can stand in a script element: nothing in it ends the element, or begins a comment. */
export function embedded(value: unknown): Html {
  return new Html(JSON.stringify(value).replaceAll('<', String.raw`\u003c`));
}
