import type {
  IPolicyValidationContext,
  IPolicyValidationPlugin,
  PolicyValidationPluginReport,
  PolicyViolation,
} from 'aws-cdk-lib';
import type { ReadResource } from '#lib/artifacts/unresolved';
import { checkPolicy, isBroken, type AcceptedRule, type PolicyFinding } from '#lib/policy/check-policy';
import { POLICY_RULES } from '#lib/policy/pack';

export interface GenAiPolicyProps {
  /** Reads what was synthesized, from the paths of its templates. */
  readonly read: (templatePaths: readonly string[]) => readonly ReadResource[];
  /** Rules that the environment does without. @default - none */
  readonly accepted?: readonly AcceptedRule[];
}

/**
 * The policy pack inside of `cdk synth`: errors end it. Warnings are left to `landfall check --policy`, since a synth
 * that always says something is not read.
 */
export class GenAiPolicy implements IPolicyValidationPlugin {
  public readonly name = 'landfall';
  public readonly ruleIds = POLICY_RULES.map(({ id }) => id);
  private readonly props: GenAiPolicyProps;
  private failed = false;

  public constructor(props: GenAiPolicyProps) {
    this.props = props;
  }

  /** Whether a rule was broken in the last synthesis. */
  public get isBroken(): boolean {
    return this.failed;
  }

  public validate({ templatePaths }: IPolicyValidationContext): PolicyValidationPluginReport {
    const report = checkPolicy(this.props.read(templatePaths), this.props.accepted);
    this.failed = isBroken(report);
    const errors = report.findings.filter(
      ({ rule, accepted }) => rule.severity === 'error' && accepted === null,
    );
    return { success: !this.failed, violations: errors.map(violation) };
  }
}

function violation({ rule, address, path, what }: PolicyFinding): PolicyViolation {
  const { id, title, fix, severity, owaspLlm, aisvs } = rule;
  return {
    ruleName: id,
    description: `${title}: ${address} ${what}`,
    fix,
    severity,
    ruleMetadata: { owaspLlm: owaspLlm.join(', '), aisvs: aisvs.join(', ') },
    violatingResources: [
      { ...(path === null ? { resourceLogicalId: address } : { constructPath: path }), locations: [] },
    ],
  };
}
