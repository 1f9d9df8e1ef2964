import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Errors = z
  .object({ runs: z.number(), median: z.number(), p90: z.number(), within25: z.number(), inBand: z.number() })
  .nullable();
const Line = z.object({ name: z.string(), throughput: Errors, tpot: Errors, ttft: Errors });
const Table = z.array(Line);
const Choice = z.object({
  tpotMs: z.number(),
  workloads: z.number(),
  best: z.number(),
  close: z.number(),
  meanRegret: z.number(),
});
const Document = z.object({
  leftOut: Table,
  byModel: Table,
  byAccelerator: Table,
  byPrecision: Table,
  byEngine: Table,
  heldBands: z.array(
    z.object({ name: z.string(), throughput: z.number(), tpot: z.number(), ttft: z.number() }),
  ),
  underTpotLimit: z.array(
    z.object({ tpotMs: z.number(), median: z.number(), p90: z.number(), sweeps: z.number() }),
  ),
  acceleratorChoice: z.array(Choice),
  acceleratorChoiceKnown: z.array(Choice),
});

/** The tables of cross-validated errors for the method, as Markdown. */
export function errorTables(file = 'lib/catalog/data/sizing/errors.json'): string {
  const errors = Document.parse(JSON.parse(readFileSync(file, 'utf8')));
  const limits = errors.underTpotLimit
    .map(
      ({ tpotMs, median, p90, sweeps }) =>
        `${percent(median)} (90th percentile ${percent(p90)}) at ${tpotMs} ms (${sweeps} sweeps)`,
    )
    .join(', ');
  const held = errors.heldBands
    .map(
      ({ name, throughput, tpot, ttft }) =>
        `${name} ${whole(throughput)} (TPOT ${whole(tpot)}, TTFT ${whole(ttft)})`,
    )
    .join(', ');
  return (
    [
      table('Left out', errors.leftOut),
      `The best throughput under a limit on TPOT, median error over the sweeps: ${limits}.`,
      `The accelerator with the highest predicted output tokens/s per GPU for a model, a pair of lengths and a limit on TPOT, sweeps left out, is ${choices(errors.acceleratorChoice)}. Of the shipped method, which knows these runs, the choice is ${choices(errors.acceleratorChoiceKnown)}. A workload counts where at least two accelerators measured within the limit.`,
      `Bands of 80 % that were made without what they are held against, share of runs inside: ${held}.`,
      'By model, accelerator, format and engine, a fifth of the sweeps left out:',
      table('Model', errors.byModel),
      table('Accelerator', errors.byAccelerator),
      table('Format', errors.byPrecision),
      table('Engine', errors.byEngine),
    ].join('\n\n') + '\n'
  );
}

function choices(each: readonly z.infer<typeof Choice>[]): string {
  return each
    .map(
      ({ tpotMs, workloads, best, close, meanRegret }) =>
        `at ${tpotMs} ms the best in ${best} of ${workloads} workloads and within 5 % of it in ${close} (mean loss ${percent(meanRegret)})`,
    )
    .join('; ');
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

function whole(value: number): string {
  return `${Math.round(value * 100)} %`;
}

function percent(value: number): string {
  return `${share(value)} %`;
}
