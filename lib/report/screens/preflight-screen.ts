import { GROUPS, type State } from '#lib/preflight/requirement';
import type { Check, Preflight } from '#lib/preflight/preflight';
import { unlessEmpty, type Screen, type Section } from '#lib/report/document-model';
import { counted } from '#lib/report/format';

const MARKS: Readonly<Record<State, string>> = { passed: '✔', failed: '✖', warning: '▲', skipped: '–' };
/** Programs with which a remedy begins that can be run as it stands. */
const PROGRAMS = /^(?:aws|kubectl|npm|npx) /;

/**
 * What `landfall doctor` shows: each check by its group, the remedies of what failed, and the sum.
 *
 * @param path - Of the environment, with what else a command to copy must say
 */
export function preflightScreen(preflight: Preflight, path: string): Screen {
  const { environment, deployments, checks, counts, offline } = preflight;
  const failures = checks.filter(({ state }) => state === 'failed');
  const commands = failures.flatMap(({ fix }) => (fix !== null && PROGRAMS.test(fix) ? [fix] : []));
  const isReady = failures.length === 0;
  return [
    {
      kind: 'heading',
      level: 1,
      text: `${environment}: ${verdictOf(preflight)}`,
      details: [
        ...deployments.map(
          ({ scenario, option, target, region }) =>
            `${scenario} on ${option} (${target}${region === null ? '' : `, ${region}`})`,
        ),
        ...(offline ? ['offline: nobody but this machine was asked'] : []),
      ],
    },
    ...GROUPS.flatMap((group) =>
      groupSection(
        group,
        checks.filter((check) => check.group === group),
      ),
    ),
    {
      kind: 'lines',
      lines: [
        [
          `${counts.failed} failed`,
          counted(counts.warning, 'warning'),
          `${counts.skipped} skipped`,
          `${counts.passed} passed`,
        ].join(' · '),
      ],
    },
    {
      kind: 'next',
      commands: isReady ? [`landfall plan ${path}`] : [...new Set(commands), `landfall doctor ${path}`],
    },
  ];
}

function verdictOf({ counts, checks }: Preflight): string {
  if (counts.failed > 0) return 'not ready to deploy';
  if (counts.skipped === 0) return 'ready to deploy';
  return `nothing failed, ${counts.skipped} of ${checks.length} checks were not made`;
}

function groupSection(group: string, checks: readonly Check[]): readonly Section[] {
  const made = checks.filter(({ state }) => state !== 'skipped');
  const skipped = checks.filter(({ state }) => state === 'skipped');
  const reasons = [...new Set(skipped.map(({ text }) => text))];
  const lines = [
    ...made.flatMap(checkLines),
    // Many hang on one: its reason is said once.
    ...reasons.map((reason) => {
      const subjects = skipped.filter(({ text }) => text === reason).map(({ subject }) => subject);
      const isSaid = subjects.length === 1 && reason.includes(subjects[0] ?? '');
      return `${MARKS.skipped} ${isSaid ? reason : `${subjects.join(', ')}: ${reason}`}`;
    }),
  ];
  return unlessEmpty({ kind: 'lines', heading: group, lines });
}

function checkLines({ state, text, fix }: Check): string[] {
  const advice = fix === null || (state === 'failed' && PROGRAMS.test(fix)) ? [] : [`    → ${fix}`];
  return [`${MARKS[state]} ${text}`, ...advice];
}
