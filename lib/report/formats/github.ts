import type { Finding } from '#lib/report/formats/finding';

const COMMANDS = { error: 'error', warning: 'warning', note: 'notice' } as const;

/** Workflow commands of GitHub Actions: each finding beside its line of the pull request. */
export function githubAnnotations(findings: readonly Finding[]): string {
  return findings
    .map(({ rule, level, message, place: { file, line, column } }) => {
      const where = `file=${property(file)},line=${line},col=${column},title=${property(rule)}`;
      return `::${COMMANDS[level]} ${where}::${data(message)}\n`;
    })
    .join('');
}

/** As the toolkit of GitHub Actions escapes a command's message. */
function data(text: string): string {
  return text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
}

function property(text: string): string {
  return data(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
