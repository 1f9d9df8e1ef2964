import type { ErrorLine } from '#lib/calibration/error-table';
import type { OwnValidation } from '#lib/calibration/own-calibration';
import type { SkippedRow } from '#lib/evaluation/evaluation';
import { column, unlessEmpty, type Screen } from '#lib/report/document-model';
import { ABSENT, count, counted, errorShare, percent } from '#lib/report/format';

export interface CalibrationContext {
  readonly file: string;
  readonly output: string;
  readonly skipped: readonly SkippedRow[];
  /** True where every constant was refitted and the catalog's own runs no longer speak. */
  readonly isRefit: boolean;
}

const QUANTITIES = [
  ['throughput', 'output tokens/s per GPU'],
  ['tpot', 'TPOT'],
  ['ttft', 'TTFT'],
] as const;
const SHOWN = 5;

/** What `landfall sizing calibrate` shows: what the runs bought, each judged by a fit that did not see its sweep. */
export function calibrationScreen(
  { runs, sweeps, before, after }: OwnValidation,
  { file, output, skipped, isRefit }: CalibrationContext,
): Screen {
  const hidden = skipped.length - SHOWN;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `sizing calibrated by ${file} · ${counted(runs, 'run')} of ${counted(sweeps, 'sweep')}, ${count(skipped.length)} skipped`,
      details: [
        `errors on sweeps left out of the fit, before and after; ${isRefit ? 'every constant is refitted, on these runs alone' : 'the catalogue’s own runs stay beneath'}`,
      ],
    },
    {
      kind: 'table',
      columns: [
        column('quantity'),
        column('runs', 'right'),
        column('median before', 'right'),
        column('after', 'right'),
        column('90th before', 'right'),
        column('after', 'right'),
        column('within 25 % before', 'right'),
        column('after', 'right'),
      ],
      rows: QUANTITIES.map(([quantity, title]) => [title, ...figures(before[quantity], after[quantity])]),
    },
    ...unlessEmpty({
      kind: 'lines',
      heading: 'skipped',
      lines: [
        ...skipped.slice(0, SHOWN).map(({ id, reason }) => `${id}: ${reason}`),
        ...(hidden > 0 ? [`and ${count(hidden)} more`] : []),
      ],
    }),
    {
      kind: 'lines',
      heading: 'To plan, deploy and diff with it',
      lines: [`write into the environment: catalog: { constants: ${output} }, its path from that file`],
    },
    {
      kind: 'next',
      commands: [`landfall compare <environment> --constants ${output}`],
    },
  ];
}

function figures(before: ErrorLine['throughput'], after: ErrorLine['throughput']): string[] {
  if (before === null || after === null) return ['0', ...Array.from({ length: 6 }, () => ABSENT)];
  return [
    count(before.runs),
    errorShare(before.median),
    errorShare(after.median),
    errorShare(before.p90),
    errorShare(after.p90),
    percent(before.within25),
    percent(after.within25),
  ];
}
