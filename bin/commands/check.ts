import { EXIT, fine, json, type Run } from '#bin/command';
import { formatOf } from '#bin/flags/output-format';
import { packageVersion } from '#bin/package-root';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { counted } from '#lib/report/format';
import { checkComment } from '#lib/report/formats/check-comment';
import { problemFindings } from '#lib/report/formats/finding';
import { githubAnnotations } from '#lib/report/formats/github';
import { codeQuality } from '#lib/report/formats/gitlab';
import { renderJunit } from '#lib/report/formats/junit';
import { sarifOfFindings } from '#lib/report/formats/sarif-log';

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab', 'codequality'] as const;
type Document = Exclude<(typeof FORMATS)[number], 'text'>;

export const run: Run = ([path = ''], flags) => {
  const format = formatOf(flags, FORMATS);
  try {
    const { environment } = openEnvironment(path);
    if (format !== 'text') return fine(DOCUMENTS[format](path, []));
    const scenarios = counted(Object.keys(environment.scenarios).length, 'scenario');
    return fine(
      `${path}: valid, ${scenarios}, ${counted(Object.keys(environment.options).length, 'option')}\n`,
    );
  } catch (error) {
    if (!(error instanceof LandfallError) || format === 'text') throw error;
    return { stdout: DOCUMENTS[format](path, error.problems), stderr: '', exitCode: EXIT.invalid };
  }
};

/** What is wrong, or that nothing is, for other programs. */
const DOCUMENTS: Readonly<Record<Document, (path: string, problems: readonly Problem[]) => string>> = {
  json: (path, problems) =>
    json({ schema: 'landfall/check/v1', path, valid: problems.length === 0, problems }),
  markdown: checkComment,
  sarif: (path, problems) => json(sarifOfFindings(problemFindings(problems, path), packageVersion())),
  junit: (path, problems) =>
    renderJunit(`landfall check ${path}`, [
      {
        title: `${path} is a valid environment`,
        state: problems.length === 0 ? 'passed' : 'failed',
        message: counted(problems.length, 'problem'),
        about: problemFindings(problems, path).map(
          ({ message, place }) => `${place.file}:${place.line}:${place.column}: ${message}`,
        ),
      },
    ]),
  github: (path, problems) => githubAnnotations(problemFindings(problems, path)),
  gitlab: (path, problems) => json(codeQuality(problemFindings(problems, path))),
  codequality: (path, problems) => json(codeQuality(problemFindings(problems, path))),
};
