import { readFileSync } from 'node:fs';
import * as z from 'zod';

const Errors = z
  .object({ runs: z.number(), median: z.number(), p90: z.number(), within25: z.number(), inBand: z.number() })
  .nullable();
const Line = z.object({ name: z.string(), throughput: Errors, tpot: Errors, ttft: Errors });
const Table = z.array(Line);
const Offer = z.object({
  gpu: z.string(),
  measured: z.number().nullable(),
  predicted: z.number().nullable(),
});
const Missed = z.object({
  model: z.string(),
  inputTokens: z.number(),
  outputTokens: z.number(),
  chosen: Offer.nullable(),
  best: Offer,
  regret: z.number(),
});
const Choice = z.object({
  name: z.string(),
  tpotMs: z.number(),
  workloads: z.number(),
  best: z.number(),
  within5: z.number(),
  meanRegret: z.number(),
  missed: z.array(Missed),
  byCost: z.object({
    workloads: z.number(),
    best: z.number(),
    within5: z.number(),
    meanRegret: z.number(),
    unpriced: z.number(),
  }),
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
});

/** The same in one sentence, for who only wants to know whether to trust it. */
export function errorsInShort(file = 'lib/catalog/data/sizing/errors.json'): string {
  const { leftOut } = Document.parse(JSON.parse(readFileSync(file, 'utf8')));
  const of = (name: string) => {
    const found = leftOut.find((line) => line.name === name)?.throughput;
    if (found == null) throw new Error(`no errors of throughput with ${name} left out`);
    return found;
  };
  const median = (name: string) => percent(of(name).median);
  return (
    `On sweeps of measured runs that its fit never saw the sizing is ${median('sweeps')} off in the median ` +
    `(throughput; ${percent(of('sweeps').p90)} at the ninetieth percentile), ${median('one model')} on a model it never saw, ` +
    `${median('one accelerator')} on an accelerator, ${median('one publisher')} on a publisher (\`docs/method.md\` has every table).`
  );
}

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
      CHOICE,
      choiceTable(errors.acceleratorChoice, (choice) => choice),
      costText(errors.acceleratorChoice),
      choiceTable(errors.acceleratorChoice, ({ byCost }) => byCost),
      'Chosen with sweeps left out where another measured better, output tokens/s per GPU:',
      missedTable(errors.acceleratorChoice.filter(({ name }) => name === 'sweeps')),
      `Bands of 80 % that were made without what they are held against, share of runs inside: ${held}.`,
      'By model, accelerator, format and engine, a fifth of the sweeps left out:',
      table('Model', errors.byModel),
      table('Accelerator', errors.byAccelerator),
      table('Format', errors.byPrecision),
      table('Engine', errors.byEngine),
    ].join('\n\n') + '\n'
  );
}

const CHOICE =
  'The accelerator with the highest predicted output tokens/s per GPU for a model, a pair of lengths and a limit on TPOT, or one of its family within 5 % of it that has nothing less on its datasheet: workloads where it measured best (within 5 % of the best) of all, and the mean share of the best rate that is lost. A workload counts where at least two accelerators measured within the limit; any engine, format, layout and concurrency that was measured may serve it, and nothing is interpolated between them.';

type Choices = readonly z.infer<typeof Choice>[];

type Counts = Pick<z.infer<typeof Choice>, 'workloads' | 'best' | 'within5' | 'meanRegret'>;

/** What is left out, and how often: the same in every line, which differ in the predictions alone. */
function costText(choices: Choices): string {
  const unpriced = choices.find(({ name }) => name === 'sweeps')?.byCost.unpriced ?? 0;
  return `The same by cost, the accelerator with the fewest USD per million output tokens at the on-demand price per GPU-hour of AWS in us-east-1, and the share of the tokens per USD that is lost. Accelerators that AWS does not list so (GB200) are left out, ${unpriced} of the offers within 20 ms:`;
}

function choiceTable(choices: Choices, countsOf: (choice: z.infer<typeof Choice>) => Counts): string {
  const limits = [...new Set(choices.map(({ tpotMs }) => tpotMs))];
  const names = [...new Set(choices.map(({ name }) => name))];
  const cell = (name: string, limit: number) => {
    const found = choices.find((each) => each.name === name && each.tpotMs === limit);
    if (found === undefined) throw new Error(`errors.json has no choice of ${name} at ${limit} ms`);
    const { best, within5, workloads, meanRegret } = countsOf(found);
    return `${best} (${within5}) of ${workloads}, ${percent(meanRegret)}`;
  };
  return markdown([
    ['Left out', ...limits.map((limit) => `Within ${limit} ms`)],
    ...names.map((name) => [name, ...limits.map((limit) => cell(name, limit))]),
  ]);
}

function missedTable(choices: Choices): string {
  const offer = (each: z.infer<typeof Offer> | null) =>
    each === null
      ? 'none'
      : `${each.gpu}: ${tokens(each.measured)} measured, ${tokens(each.predicted)} predicted`;
  return markdown([
    ['TPOT', 'Model', 'Tokens', 'Chosen', 'Best', 'Lost'],
    ...choices.flatMap(({ tpotMs, missed }) =>
      missed.map(({ model, inputTokens, outputTokens, chosen, best, regret }) => [
        `${tpotMs} ms`,
        model,
        `${tokens(inputTokens)} / ${tokens(outputTokens)}`,
        offer(chosen),
        offer(best),
        whole(regret),
      ]),
    ),
  ]);
}

function tokens(value: number | null): string {
  return value === null ? '–' : Math.round(value).toLocaleString('en');
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
  return markdown(rows);
}

function markdown(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.map((row) => (row[column] ?? '').length)),
  );
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
