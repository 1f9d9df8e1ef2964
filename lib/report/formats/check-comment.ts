import type { Problem } from '#lib/errors/landfall-error';
import { column } from '#lib/report/document-model';
import { counted } from '#lib/report/format';
import { problemFindings } from '#lib/report/formats/finding';
import { renderMarkdown } from '#lib/report/formats/markdown';

/** What is wrong with an environment file as the comment of a pull request, found again by its first line. */
export function checkComment(path: string, problems: readonly Problem[]): string {
  const marker = `<!-- landfall:check ${path.replaceAll(/[^A-Za-z0-9._/]+/g, '-')} -->`;
  const verdict = problems.length === 0 ? 'valid' : counted(problems.length, 'problem');
  const screen = renderMarkdown([
    { kind: 'heading', level: 1, text: path, details: [verdict] },
    ...(problems.length === 0
      ? []
      : [
          {
            kind: 'table',
            columns: [column('at'), column('problem'), column('what')],
            rows: problemFindings(problems, path).map(({ rule, message, place }) => [
              `${place.file}:${place.line}:${place.column}`,
              rule,
              message,
            ]),
          } as const,
        ]),
  ]);
  return `${marker}\n\n${screen}`;
}
