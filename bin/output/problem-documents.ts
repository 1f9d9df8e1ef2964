import { json } from '#bin/command';
import { packageVersion } from '#bin/package-root';
import type { Problem } from '#lib/errors/landfall-error';
import { counted } from '#lib/report/format';
import { checkComment } from '#lib/report/formats/check-comment';
import { problemFindings } from '#lib/report/formats/finding';
import { githubAnnotations } from '#lib/report/formats/github';
import { codeQuality } from '#lib/report/formats/gitlab';
import { renderJunit } from '#lib/report/formats/junit';
import { sarifOfFindings } from '#lib/report/formats/sarif-log';

type Document = 'markdown' | 'sarif' | 'junit' | 'github' | 'gitlab' | 'codequality';
type Writer = (path: string, problems: readonly Problem[]) => string;

/** What is wrong, or that nothing is, for other programs. */
export const PROBLEM_DOCUMENTS: Readonly<Record<Document, Writer>> = {
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
