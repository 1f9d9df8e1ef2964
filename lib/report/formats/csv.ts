/** A cell: numbers stay bare so that a spreadsheet calculates with them; `null` is an empty cell, never 0. */
export type Cell = string | number | boolean | null;

/**
 * RFC 4180: CRLF, quotes where needed. A text that a spreadsheet would run as a formula gets a leading apostrophe
 * (OWASP, "CSV injection"): titles and ids come from files that somebody else may have written.
 */
export function renderCsv(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return [header, ...rows].map((row) => `${row.map(renderCell).join(',')}\r\n`).join('');
}

function renderCell(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell !== 'string') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
