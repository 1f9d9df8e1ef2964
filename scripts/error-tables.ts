import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Errors = z
  .object({ runs: z.number(), median: z.number(), p90: z.number(), within25: z.number(), inBand: z.number() })
  .nullable();
const Line = z.object({ name: z.string(), throughput: Errors, tpot: Errors, ttft: Errors });
const Table = z.array(Line);
const Document = z.object({
  leftOut: Table,
  byModel: Table,
  byAccelerator: Table,
  byPrecision: Table,
  byEngine: Table,
  underTpotLimit: z.array(z.object({ tpotMs: z.number(), median: z.number(), sweeps: z.number() })),
});

/** The tables of cross-validated errors for the method, as Markdown. */
export function errorTables(file = 'lib/catalog/data/sizing/errors.json'): string {
  const errors = Document.parse(JSON.parse(readFileSync(file, 'utf8')));
  const limits = errors.underTpotLimit
    .map(({ tpotMs, median, sweeps }) => `${percent(median)} at ${tpotMs} ms (${sweeps} sweeps)`)
    .join(', ');
  return (
    [
      table('Left out', errors.leftOut),
      `The best throughput under a limit on TPOT, median error over the sweeps: ${limits}.`,
      'By model, accelerator, format and engine, a fifth of the sweeps left out:',
      table('Model', errors.byModel),
      table('Accelerator', errors.byAccelerator),
      table('Format', errors.byPrecision),
      table('Engine', errors.byEngine),
    ].join('\n\n') + '\n'
  );
}

function table(head: string, lines: z.infer<typeof Table>): string {
  const rows = [
    [head, 'Runs', 'Throughput', 'TPOT', 'TTFT'],
    ...lines.map(({ name, throughput, tpot, ttft }) => [
      name,
      throughput === null ? '–' : throughput.runs.toLocaleString('en'),
      figures(throughput),
      figures(tpot),
      figures(ttft),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]) =>
    `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  const [first = [], ...rest] = rows;
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [line(first), rule, ...rest.map(line)].join('\n');
}

function figures(errors: z.infer<typeof Errors>): string {
  if (errors === null) return '–';
  const { median, p90, within25, inBand } = errors;
  return `${share(median)} / ${share(p90)} / ${Math.round(within25 * 100)} (${Math.round(inBand * 100)})`;
}

function share(value: number): string {
  return (value * 100).toFixed(1);
}

function percent(value: number): string {
  return `${share(value)} %`;
}
