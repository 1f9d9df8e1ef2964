import { displayWidth, pad, truncate, wrap } from '#lib/report/display-width';
import type { Heading, Lines, Next, Screen, Section, Table } from '#lib/report/document-model';

export interface TextOptions {
  /** Display columns. @default 100 */
  readonly width?: number;
  /** Shows every column, however wide. @default false */
  readonly wide?: boolean;
  readonly color?: boolean;
}

const GAP = '  ';
const BOLD = ['\u001b[1m', '\u001b[22m'] as const;
const DIM = ['\u001b[2m', '\u001b[22m'] as const;

/** The screen for a terminal. Without `wide`, no line is wider than `width`, whatever the text. */
export function renderText(screen: Screen, options: TextOptions = {}): string {
  const settings = {
    width: options.width ?? 100,
    wide: options.wide ?? false,
    color: options.color ?? false,
  };
  return `${screen.map((section) => renderSection(section, settings).join('\n')).join('\n\n')}\n`;
}

type Settings = Required<TextOptions>;

function renderSection(section: Section, settings: Settings): string[] {
  if (section.kind === 'heading') return renderHeading(section, settings);
  if (section.kind === 'table') return renderTable(section, settings);
  if (section.kind === 'next') return renderNext(section, settings);
  if (section.kind === 'plot') return section.lines.map((line) => line.slice(0, settings.width));
  return renderLines(section, settings);
}

function renderHeading({ text, details }: Heading, settings: Settings): string[] {
  const title = wrap(text, settings.width, GAP).map((line) => style(line, BOLD, settings));
  return [...title, ...details.flatMap((line) => wrap(line, settings.width, GAP))];
}

function renderLines({ heading, lines }: Lines, settings: Settings): string[] {
  const indent = heading === undefined ? '' : GAP;
  const body = lines.flatMap((line) => {
    const own = indent + (/^ */.exec(line)?.[0] ?? '');
    return wrap(line.trimStart(), settings.width - own.length, GAP).map((part) => own + part);
  });
  return heading === undefined ? body : [style(heading, BOLD, settings), ...body];
}

function renderNext({ commands }: Next, settings: Settings): string[] {
  const label = 'Next:';
  const room = settings.width - label.length - GAP.length;
  return commands
    .flatMap((command) => (settings.wide ? [command] : shellLines(command, room)))
    .map((line, index) => {
      const lead = index === 0 ? style(label, BOLD, settings) : ' '.repeat(label.length);
      return `${lead}${GAP}${line}`;
    });
}

/** A command to copy: a long one goes on after a backslash. Cut, where it has a word that no line holds or that may be quoted. */
function shellLines(command: string, room: number): string[] {
  if (displayWidth(command) <= room) return [command];
  const most = room - GAP.length - ' \\'.length;
  const breaks = !/["'\\]/.test(command) && command.split(' ').every((word) => displayWidth(word) <= most);
  if (!breaks) return [truncate(command, room)];
  return wrap(command, room - ' \\'.length, GAP).map((line, index, all) =>
    index === all.length - 1 ? line : `${line} \\`,
  );
}

function renderTable(table: Table, settings: Settings): string[] {
  const natural = table.columns.map((column, index) =>
    Math.max(displayWidth(column.title), ...table.rows.map((row) => displayWidth(row[index] ?? ''))),
  );
  const kept = settings.wide ? natural.map((_, index) => index) : keep(table, natural, settings.width);
  const widths = settings.wide ? natural : shrink(natural, kept, settings.width);
  const line = (cells: readonly string[]) =>
    GAP +
    kept
      .map((index) => {
        const width = widths[index] ?? 0;
        return pad(truncate(cells[index] ?? '', width), width, table.columns[index]?.align ?? 'left');
      })
      .join(GAP);
  const dropped = table.columns.length - kept.length;
  return [
    style(line(table.columns.map(({ title }) => title)).trimEnd(), DIM, settings),
    ...table.rows.map((row) => line(row).trimEnd()),
    ...(dropped === 0
      ? []
      : [style(`${GAP}+${dropped} ${dropped === 1 ? 'column' : 'columns'}: --wide`, DIM, settings)]),
  ];
}

/** Columns that stay: the highest priority goes first, the rightmost of equals. */
function keep(table: Table, widths: readonly number[], width: number): number[] {
  const kept = table.columns.map((_, index) => index);
  while (total(widths, kept) > width) {
    const last = kept.reduce<number | undefined>((worst, index) => {
      const priority = table.columns[index]?.priority ?? 0;
      const worstPriority = worst === undefined ? 0 : (table.columns[worst]?.priority ?? 0);
      return priority > 0 && priority >= worstPriority ? index : worst;
    }, undefined);
    if (last === undefined) break;
    kept.splice(kept.indexOf(last), 1);
  }
  return kept;
}

/** Where even the indispensable columns are too wide, the widest gives way. */
function shrink(natural: readonly number[], kept: readonly number[], width: number): number[] {
  const widths = [...natural];
  while (total(widths, kept) > width) {
    const widest = kept.reduce((a, b) => ((widths[b] ?? 0) > (widths[a] ?? 0) ? b : a), kept[0] ?? 0);
    const current = widths[widest] ?? 0;
    if (current <= 4) break;
    widths[widest] = Math.max(4, current - Math.max(1, total(widths, kept) - width));
    const others = kept.filter((index) => index !== widest).map((index) => widths[index] ?? 0);
    widths[widest] = Math.max(widths[widest] ?? 0, Math.min(current - 1, Math.max(4, ...others) - 1));
  }
  return widths;
}

function total(widths: readonly number[], kept: readonly number[]): number {
  return kept.reduce((sum, index) => sum + GAP.length + (widths[index] ?? 0), 0);
}

function style(text: string, [on, off]: readonly [string, string], { color }: Settings): string {
  return color ? on + text + off : text;
}
