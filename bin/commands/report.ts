import { createHash } from 'node:crypto';
import { closeSync, existsSync, openSync, readFileSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fine, textOf, type Flags, type Run } from '#bin/command';
import { packageRoot } from '#bin/package-root';
import { readEnvironment } from '#bin/input/read-input';
import { rateOf } from '#bin/input/stated-currency';
import { replaceFile, writeOnce } from '#bin/files/write-files';
import { decisionPaper } from '#lib/decision/paper/decision-paper';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { rememberingSizer } from '#lib/plan/sizing/sizer';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { LANGUAGES, type Language } from '#lib/report/html/figures';
import { REPORT_MARK, reportPage } from '#lib/report/html/report-page';
import { renderText } from '#lib/report/text';

/** The bundle of `lib/report/html/page/main.ts`, which the build makes. */
const SCRIPT = 'dist/lib/report/html/page.js';

export const run: Run = ([path = ''], flags, surroundings) => {
  const languages = languagesOf(flags);
  const { environment, catalog, asOf } = readEnvironment(path, flags, surroundings);
  const rate = rateOf(flags, catalog, environment.finance);
  const output = textOf(flags, 'output') ?? `${environment.name}-report.html`;
  if (output !== '-') refuseForeign(output, flags['force'] === true);
  const script = readFileSync(join(packageRoot(), SCRIPT), 'utf8');
  const sizer = rememberingSizer(catalog);
  const common = { environment, catalog, asOf, sizer, ...(rate === undefined ? {} : { currency: rate }) };
  const paper = decisionPaper({
    ...common,
    progress: (scenario) => surroundings.progress?.(`planning and weighing ${scenario}`),
  });
  const page = reportPage({
    paper,
    portfolio: paper.scenarios.length > 1 ? makePortfolio(common) : null,
    languages,
    rate,
    script,
    command: commandOf(path, flags, asOf),
    digest: (text) => createHash('sha256').update(text).digest('base64'),
  });
  if (output === '-') return fine(page);
  writeReport(output, page, flags['force'] === true);
  return fine(
    renderText([{ kind: 'lines', lines: [`wrote ${output}: open it in a browser`] }], surroundings),
  );
};

function languagesOf(flags: Flags): [Language, ...Language[]] {
  const asked = (textOf(flags, 'lang') ?? LANGUAGES.join(',')).split(',').map((each) => each.trim());
  const [first, ...others] = [...new Set(asked)].map((each) => {
    const known = LANGUAGES.find((language) => language === each);
    if (known !== undefined) return known;
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: '--lang',
      got: `"${each}"`,
      expected: `${LANGUAGES.join(' or ')}, or both with a comma between`,
      fix: suggestion(each, LANGUAGES),
    });
  });
  return [first ?? 'en', ...others];
}

/** What makes the same report again: the day is in it, since prices are judged by their age. */
function commandOf(path: string, flags: Flags, asOf: string): string {
  const given = ['lang', 'scenario', 'currency', 'prices', 'constants', 'modelConfig'].flatMap((name) => {
    const value = textOf(flags, name);
    return value === undefined ? [] : [`--${name === 'modelConfig' ? 'model-config' : name} ${value}`];
  });
  return ['landfall report', path, ...given, `--as-of ${asOf}`].join(' ');
}

/** Before minutes of work: a folder, or a file that is no report of ours, is not written over. */
function refuseForeign(output: string, overwrite: boolean): void {
  if (!existsSync(output)) return;
  if (statSync(output).isDirectory()) {
    throw new LandfallError({
      code: 'BAD_USAGE',
      at: '--output',
      got: `the folder ${output}`,
      expected: 'a file',
      fix: `write --output ${join(output, 'report.html')}`,
    });
  }
  if (!overwrite && !isReport(output)) writeOnce(output, '', false);
}

function writeReport(output: string, page: string, overwrite: boolean): void {
  if (overwrite || !existsSync(output) || isReport(output)) replaceFile(output, page);
  else writeOnce(output, page, false);
}

/** By its first lines: a report of another day is written over, as a synthesis is. */
function isReport(file: string): boolean {
  const head = Buffer.alloc(4096);
  const descriptor = openSync(file, 'r');
  try {
    const length = readSync(descriptor, head, 0, head.length, 0);
    return head.toString('utf8', 0, length).includes(REPORT_MARK);
  } finally {
    closeSync(descriptor);
  }
}
