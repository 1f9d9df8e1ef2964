import type { LandfallError, Problem } from '#lib/errors/landfall-error';
import { displayWidth, truncate, wrap } from '#lib/report/display-width';

const WIDTH = 100;
const RED = ['\u001b[31m', '\u001b[39m'] as const;

/**
 * Every problem with its place, a code frame and the fix, those of one file together, and a closing count. No line is
 * wider than 100 columns.
 */
export function renderProblems(error: LandfallError, { color = false }: { color?: boolean } = {}): string {
  const files = [...new Set(error.problems.map(fileOf))];
  const lines = files.flatMap((file) =>
    error.problems
      .filter((problem) => fileOf(problem) === file)
      .flatMap((problem) => renderProblem(problem, color)),
  );
  return `${[...lines, ...closing(error, files)].join('\n')}\n`;
}

/** The count; a single problem of the command line needs none. */
function closing({ problems, omitted }: LandfallError, files: readonly (string | undefined)[]): string[] {
  const named = files.filter((file) => file !== undefined);
  const total = problems.length + omitted;
  if (total === 1 && named.length === 0) return [];
  const where =
    named.length === 0
      ? ''
      : ` in ${named.length === 1 ? printable(named[0] ?? '') : `${named.length} files`}`;
  const rest = omitted === 0 ? '' : `, and ${omitted} more not shown`;
  return wrap(
    `${problems.length} ${problems.length === 1 ? 'error' : 'errors'}${where}${rest}`,
    WIDTH,
    '    ',
  );
}

function fileOf({ at }: Problem): string | undefined {
  return /^(.*):\d+:\d+$/.exec(at)?.[1];
}

function renderProblem(problem: Problem, color: boolean): string[] {
  const got = problem.got === undefined ? '' : `, got ${printable(problem.got)}`;
  const head = `${printable(problem.at)}  error  ${problem.code}  expected ${printable(problem.expected)}${got}`;
  const lines = wrap(head, WIDTH, '    ').map((line, index) =>
    index === 0 && color ? line.replace('  error  ', `  ${RED[0]}error${RED[1]}  `) : line,
  );
  const fix = printable(problem.fix);
  if (problem.frame === undefined) return [...lines, ...fixLines('    ', fix)];
  return [...lines, ...codeFrame(problem.frame, fix)];
}

function codeFrame(frame: NonNullable<Problem['frame']>, fix: string): string[] {
  const number = String(frame.line).padStart(4);
  const before = printable(frame.text.slice(0, frame.column - 1));
  const indent = displayWidth(before);
  const room = WIDTH - 9;
  if (indent >= room) {
    return [`${number} | ${truncate(printable(frame.text), room)}`, ...fixLines('     | ', fix)];
  }
  const marked = displayWidth(printable(frame.text.slice(frame.column - 1, frame.column - 1 + frame.length)));
  const carets = '^'.repeat(Math.max(1, Math.min(marked, room - indent)));
  const lead = `     | ${' '.repeat(indent)}${carets}`;
  const together = `${lead}  ${fix}`;
  const source = `${number} | ${truncate(printable(frame.text), room)}`;
  if (displayWidth(together) <= WIDTH) return [source, together];
  return [source, lead, ...fixLines('     | ', fix)];
}

function fixLines(lead: string, fix: string): string[] {
  return wrap(fix, WIDTH - lead.length).map((line) => lead + line);
}

/** Text of a file must not drive the terminal. Tabs become one space so that the caret stays under its text. */
function printable(text: string): string {
  return text
    .replaceAll(/[\t\r\n]/g, ' ')
    .replaceAll(
      /[\p{Cc}\p{Cf}]/gu,
      (character) => `<U+${(character.codePointAt(0) ?? 0).toString(16).padStart(4, '0').toUpperCase()}>`,
    );
}
