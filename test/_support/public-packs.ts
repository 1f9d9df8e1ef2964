import { type App, Validations } from 'aws-cdk-lib';
import {
  AwsSolutionsChecks,
  HIPAASecurityChecks,
  NIST80053R5Checks,
  PCIDSS321Checks,
  ServerlessChecks,
} from 'cdk-nag';
import type { Construct } from 'constructs';

/** Rule packs that we did not write, at the release that package.json pins. */
export const PACKS = [
  new AwsSolutionsChecks(),
  new NIST80053R5Checks(),
  new HIPAASecurityChecks(),
  new PCIDSS321Checks(),
  new ServerlessChecks(),
] as const;

/** `rule path` of everything that a pack finds and nobody acknowledged. */
export function findingsOf(app: App): string[] {
  return PACKS.flatMap((pack) =>
    pack
      .validateScope(app)
      .violations.flatMap(({ ruleName, violatingResources }) =>
        violatingResources.map(({ constructPath }) => `${ruleName} ${constructPath ?? '?'}`),
      ),
  );
}

export interface Acknowledged {
  readonly rule: string;
  readonly on: Construct;
  readonly reason: string;
}

export function acknowledgedIn(app: App): Acknowledged[] {
  return app.node.findAll().flatMap((on) =>
    on.node.metadata
      .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)
      .flatMap(({ data }) =>
        Object.entries(data as Record<string, string>).map(([id, reason]) => ({
          rule: id.replace(/^annotation::/i, ''),
          on,
          reason,
        })),
      ),
  );
}
