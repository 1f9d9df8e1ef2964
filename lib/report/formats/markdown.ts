import type { Screen, Section, Table } from '#lib/report/document-model';

/** The screen as GitHub-flavoured Markdown, with every column. Text of the environment stays text. */
export function renderMarkdown(screen: Screen): string {
  return `${screen.map(renderSection).join('\n\n')}\n`;
}

function renderSection(section: Section): string {
  if (section.kind === 'table') return renderTable(section);
  if (section.kind === 'next') return ['```sh', ...section.commands, '```'].join('\n');
  if (section.kind === 'plot') return ['```text', ...section.lines, '```'].join('\n');
  if (section.kind === 'heading') {
    const details = section.details.length === 0 ? '' : `\n\n${section.details.map(escape).join('  \n')}`;
    return `${'#'.repeat(section.level + 1)} ${escape(section.text)}${details}`;
  }
  const heading = section.heading === undefined ? '' : `**${escape(section.heading)}**\n\n`;
  return heading + section.lines.map((line) => `- ${escape(line.trim())}`).join('\n');
}

function renderTable({ columns, rows }: Table): string {
  const line = (cells: readonly string[]) => `| ${cells.map(escape).join(' | ')} |`;
  return [
    line(columns.map(({ title }) => title)),
    `|${columns.map(({ align }) => (align === 'right' ? ' --: ' : ' --- ')).join('|')}|`,
    ...rows.map((row) => line(columns.map((_, index) => row[index] ?? ''))),
  ].join('\n');
}

/** Characters that would start markup, HTML, a mention or another cell. */
function escape(text: string): string {
  return text
    .replaceAll('\\', '\\\\')
    .replaceAll(/[|*_`[\]~]/g, '\\$&')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('@', '&#64;')
    .replaceAll(/\r?\n/g, ' ');
}
