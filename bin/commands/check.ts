import { EXIT, fine, json, textOf, type Run } from '#bin/command';
import { LandfallError, type Problem } from '#lib/errors/landfall-error';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { counted } from '#lib/report/format';

export const run: Run = ([path = ''], flags) => {
  const format = flags['json'] === true ? 'json' : (textOf(flags, 'format') ?? 'text');
  const schema = 'landfall/check/v1';
  try {
    const { environment } = openEnvironment(path);
    if (format === 'json') return fine(json({ schema, path, valid: true, problems: [] }));
    const scenarios = counted(Object.keys(environment.scenarios).length, 'scenario');
    return fine(
      `${path}: valid, ${scenarios}, ${counted(Object.keys(environment.options).length, 'option')}\n`,
    );
  } catch (error) {
    if (!(error instanceof LandfallError) || format === 'text') throw error;
    const { problems } = error;
    const stdout =
      format === 'json' ? json({ schema, path, valid: false, problems }) : problems.map(annotation).join('');
    return { stdout, stderr: '', exitCode: EXIT.invalid };
  }
};

/** A workflow command of GitHub Actions: shows the problem beside the line of the pull request. */
function annotation({ at, code, expected, got, fix }: Problem): string {
  const [, file = at, line = '1', column = '1'] = /^(.*):(\d+):(\d+)$/.exec(at) ?? [];
  const text = `expected ${expected}${got === undefined ? '' : `, got ${got}`}; ${fix}`;
  const property = (value: string) => data(value).replaceAll(':', '%3A').replaceAll(',', '%2C');
  return `::error file=${property(file)},line=${line},col=${column},title=${code}::${data(text)}\n`;
}

function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}
