/** A column of a table. When a table is too wide, columns go from the highest `priority` down; 0 always stays. */
export interface Column {
  readonly title: string;
  readonly align: 'left' | 'right';
  readonly priority: number;
}

export interface Table {
  readonly kind: 'table';
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
}

/** Lines of text; `heading` stands above them. Long lines wrap with a hanging indent. */
export interface Lines {
  readonly kind: 'lines';
  readonly heading?: string;
  readonly lines: readonly string[];
}

/** Commands that could come next. Never wrapped: they are there to be copied. */
export interface Next {
  readonly kind: 'next';
  readonly commands: readonly string[];
}

export interface Heading {
  readonly kind: 'heading';
  readonly level: 1 | 2;
  readonly text: string;
  readonly details: readonly string[];
}

/** A drawing in characters: every line stands as it is. */
export interface Plot {
  readonly kind: 'plot';
  readonly lines: readonly string[];
}

export type Section = (Heading | Table | Lines | Next | Plot) & {
  /** What the decision rests on, for whoever reads on. @default - it is part of what decides */
  readonly isDetail?: true;
};

/** A screen before it has a format: text, Markdown and CSV are all made from this. */
export type Screen = readonly Section[];

export function column(title: string, align: 'left' | 'right' = 'left', priority = 0): Column {
  return { title, align, priority };
}

/** The section, or nothing where it would be empty. */
export function unlessEmpty(section: Table | Lines | Next): readonly Section[] {
  const size =
    section.kind === 'table'
      ? section.rows.length
      : section.kind === 'lines'
        ? section.lines.length
        : section.commands.length;
  return size === 0 ? [] : [section];
}

/** Sections that whoever only decides leaves out. */
export function details(sections: readonly Section[]): Section[] {
  return sections.map((section) => ({ ...section, isDetail: true }));
}

/** What decides: a screen without its details and without the commands that could come next. */
export function whatDecides(screen: Screen): Screen {
  return screen.filter(({ kind, isDetail }) => kind !== 'next' && isDetail !== true);
}
