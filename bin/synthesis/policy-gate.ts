import { EXIT } from '#bin/command';
import { filesOfApp } from '#bin/estimate/artifact-files';
import { layersOf, type StatedFiles } from '#bin/input/stated-files';
import type { Finished } from '#bin/synthesis/run-synthesizer';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { suggestion } from '#lib/errors/did-you-mean';
import { LandfallError } from '#lib/errors/landfall-error';
import { openEnvironment } from '#lib/own-catalog/open-environment';
import { checkPolicy, isBroken, type AcceptedRule, type PolicyReport } from '#lib/policy/check-policy';
import { POLICY_RULES } from '#lib/policy/pack';
import { policyScreen } from '#lib/report/screens/policy-screen';
import { renderText } from '#lib/report/text';

/** Columns of what is said on stderr, which may be no terminal. */
const WIDTH = 100;

/**
 * Rules that an environment does without.
 *
 * @throws LandfallError for a rule that the pack does not have
 */
export function acceptedRules(environmentPath: string, files: StatedFiles = {}): readonly AcceptedRule[] {
  const accepted = openEnvironment(environmentPath, layersOf(files)).environment.review?.accept ?? [];
  const ids = POLICY_RULES.map(({ id }) => id);
  const unknown = accepted.find(({ rule }) => !ids.includes(rule));
  if (unknown === undefined) return accepted;
  throw new LandfallError({
    code: 'NOT_A_CHOICE',
    at: `${environmentPath}: review.accept`,
    got: `"${unknown.rule}"`,
    expected: 'the id of a rule of the policy pack',
    fix: suggestion(unknown.rule, ids),
  });
}

/** Holds what was synthesized into a folder to the policy pack. */
export function policyOf(folder: string, accepted: readonly AcceptedRule[]): PolicyReport {
  return checkPolicy(readArtifacts(filesOfApp(folder), folder).resources, accepted);
}

/** What a synthesis that breaks the policy ends with; `null` where it keeps it. */
export function policyRefusal(
  folder: string,
  accepted: readonly AcceptedRule[],
  path: string,
): Finished | null {
  const report = policyOf(folder, accepted);
  if (!isBroken(report)) return null;
  const screen = policyScreen(report, { title: path, onlyErrors: true });
  return { code: EXIT.guardrail, stderr: renderText(screen, { width: WIDTH, color: false, wide: false }) };
}
