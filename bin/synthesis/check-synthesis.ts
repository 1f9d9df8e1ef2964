import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EXIT, json, type ExitCode, type Outcome, type Surroundings } from '#bin/command';
import { provisionerOf, type Provisioner } from '#bin/synthesis/assemblies';
import { plansFor, type PlanRequest } from '#bin/synthesis/plans-for';
import { acceptedRules, policyOf } from '#bin/synthesis/policy-gate';
import { runSynthesizer } from '#bin/synthesis/run-synthesizer';
import { isBroken, type PolicyReport } from '#lib/policy/check-policy';
import { POLICY_RULES } from '#lib/policy/pack';
import { policyFindings } from '#lib/report/documents/policy';
import { policyScreen } from '#lib/report/screens/policy-screen';
import { renderText } from '#lib/report/text';

interface Checked {
  /** Options that one synthesizer took together. */
  readonly options: string;
  readonly report: PolicyReport;
}

/** Synthesizes what an environment deploys into a folder that goes again, and holds it to the policy pack. */
export async function checkSynthesis(
  request: PlanRequest,
  isJson: boolean,
  surroundings: Surroundings,
): Promise<Outcome> {
  const { environmentPath: path, files } = request;
  const accepted = acceptedRules(path, files);
  const plans = plansFor(request);
  const checked: Checked[] = [];
  for (const provisioner of new Set(plans.map(provisionerOf))) {
    const options = plans.filter((plan) => provisionerOf(plan) === provisioner).map(({ option }) => option);
    const result = await checkedBy(provisioner, request, accepted);
    if ('exitCode' in result) return result;
    checked.push({ options: options.join(', '), report: result });
  }
  const kept = !checked.some(({ report }) => isBroken(report));
  const exitCode = kept ? EXIT.fine : EXIT.guardrail;
  if (isJson) {
    const options = checked.map(({ options: option, report }) => ({
      option,
      resources: report.resources,
      findings: policyFindings(report),
    }));
    const document = { schema: 'landfall/policy/v1', path, kept, rules: POLICY_RULES.length, options };
    return { stdout: json(document), stderr: '', exitCode };
  }
  const screen = checked.flatMap(({ options, report }) =>
    policyScreen(report, { title: `${path}, ${options}` }),
  );
  return { stdout: renderText(screen, { ...surroundings, wide: false }), stderr: '', exitCode };
}

async function checkedBy(
  provisioner: Provisioner,
  request: PlanRequest,
  accepted: ReturnType<typeof acceptedRules>,
): Promise<PolicyReport | Outcome> {
  const folder = mkdtempSync(join(tmpdir(), 'landfall-policy-'));
  try {
    const output = join(folder, 'out');
    const { code, stderr } = await runSynthesizer(provisioner, request, output);
    if (code === 0) return policyOf(output, accepted);
    const exitCode: ExitCode = code === EXIT.invalid ? EXIT.invalid : EXIT.bug;
    return { stdout: '', stderr, exitCode };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
