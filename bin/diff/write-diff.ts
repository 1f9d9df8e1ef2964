import { json, type Flags, type Surroundings } from '#bin/command';
import { packageVersion } from '#bin/package-root';
import type { DiffDocument } from '#lib/diff/environment-diff';
import { diffFindings } from '#lib/report/formats/finding';
import { githubAnnotations } from '#lib/report/formats/github';
import { codeQuality, terraformReport } from '#lib/report/formats/gitlab';
import { renderJunit } from '#lib/report/formats/junit';
import { diffCases } from '#lib/report/formats/diff-cases';
import { pullRequestComment } from '#lib/report/formats/pull-request';
import { sarifOfFindings } from '#lib/report/formats/sarif-log';
import { screenIn } from '#lib/report/in-currency';
import { diffParts, diffScreen, type DiffParts } from '#lib/report/screens/diff-screen';
import { renderText } from '#lib/report/text';

export const DIFF_FORMATS = [
  'text',
  'json',
  'markdown',
  'sarif',
  'junit',
  'github',
  'gitlab',
  'codequality',
] as const;
type Format = (typeof DIFF_FORMATS)[number];

/** A change and what it is called by whoever reads it outside. */
export interface WrittenDiff {
  readonly diff: DiffDocument;
  /** File that findings without a line stand in. */
  readonly file: string;
  /** Of the environment that it is about. */
  readonly environment: string;
  readonly asOf: string;
}

type Writer = (written: WrittenDiff, flags: Flags, surroundings: Surroundings) => string;

const WRITERS: Readonly<Record<Format, Writer>> = {
  text: ({ diff }, flags, surroundings) => {
    const wide = flags['wide'] === true;
    const screen = screenIn(diff, diff.inCurrency, (shown) => diffScreen(shown, { wide }));
    return renderText(screen, { ...surroundings, wide });
  },
  json: ({ diff }) => json(diff),
  markdown: ({ diff, environment, asOf }) =>
    pullRequestComment(
      diff,
      {
        environment,
        catalog: diff.madeBy?.catalog ?? 'a day that the document does not say',
        asOf,
        command: `landfall diff ${quoted(diff.from)} ${quoted(diff.to)} --wide`,
      },
      diffPartsInCurrency,
    ),
  sarif: ({ diff, file }) => json(sarifOfFindings(diffFindings(diff, file), packageVersion())),
  junit: ({ diff }) => renderJunit(`landfall diff ${diff.from} ${diff.to}`, diffCases(diff)),
  github: ({ diff, file }) => githubAnnotations(diffFindings(diff, file)),
  gitlab: ({ diff }) => json(terraformReport(diff)),
  codequality: ({ diff, file }) => json(codeQuality(diffFindings(diff, file))),
};

/** All of it, in the currency of the document. */
function diffPartsInCurrency(diff: DiffDocument): DiffParts {
  const parts = diffParts(diff, { wide: true });
  const screen = screenIn(diff, diff.inCurrency, (shown) => diffScreen(shown, { wide: true }));
  let from = 0;
  const entries = Object.entries(parts).map(([name, { length }]) => [
    name,
    screen.slice(from, (from += length)),
  ]);
  return Object.fromEntries(entries) as DiffParts;
}

export function writtenDiff(
  format: Format,
  written: WrittenDiff,
  flags: Flags,
  surroundings: Surroundings,
): string {
  return WRITERS[format](written, flags, surroundings);
}

/** A word as a shell takes it. */
function quoted(word: string): string {
  return /^[\w./:@%+=,-]+$/.test(word) ? word : `'${word.replaceAll("'", String.raw`'\''`)}'`;
}
