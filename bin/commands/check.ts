import { EXIT, fine, json, textOf, type Run } from '#bin/command';
import { formatOf } from '#bin/flags/output-format';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { counted } from '#lib/report/format';

const FORMATS = ['text', 'json', 'markdown', 'sarif', 'junit', 'github', 'gitlab', 'codequality'] as const;
type Format = (typeof FORMATS)[number];

export const run: Run = async ([path = ''], flags, surroundings) => {
  if (flags['policy'] === true) {
    const request = {
      environmentPath: path,
      option: textOf(flags, 'option'),
      scenario: textOf(flags, 'scenario'),
    };
    const { checkSynthesis } = await import('#bin/synthesis/check-synthesis');
    return checkSynthesis(request, flags['json'] === true, surroundings);
  }
  const format = formatOf(flags, FORMATS);
  try {
    const { environment } = openEnvironment(path);
    if (format !== 'text') return fine(await documentOf(format, path, []));
    const scenarios = counted(Object.keys(environment.scenarios).length, 'scenario');
    return fine(
      `${path}: valid, ${scenarios}, ${counted(Object.keys(environment.options).length, 'option')}\n`,
    );
  } catch (error) {
    if (!(error instanceof LandfallError) || format === 'text') throw error;
    const stdout = await documentOf(format, path, error.problems);
    return { stdout, stderr: '', exitCode: EXIT.invalid };
  }
};

/** What is wrong, or that nothing is, for other programs; most runs want none of them, and load none. */
async function documentOf(
  format: Exclude<Format, 'text'>,
  path: string,
  problems: readonly Problem[],
): Promise<string> {
  if (format === 'json') {
    return json({ schema: 'landfall/check/v1', path, valid: problems.length === 0, problems });
  }
  const { PROBLEM_DOCUMENTS } = await import('#bin/output/problem-documents');
  return PROBLEM_DOCUMENTS[format](path, problems);
}
