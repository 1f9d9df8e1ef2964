import type * as CloudFormationDiff from '@aws-cdk/cloudformation-diff';
import type { JsonObject } from '#lib/artifacts/json';
import { LandfallError } from '#lib/errors/landfall-error';
import type { ReplacementsOf } from '#lib/lifecycle/cloudformation/planned-stack';

const LIBRARY = '@aws-cdk/cloudformation-diff';

/**
 * The model of CloudFormation's types that the CDK's own `diff` uses. Loaded on use: it takes half a second.
 *
 * @throws LandfallError where it is not installed
 */
export async function loadReplacements(): Promise<ReplacementsOf> {
  const { fullDiff, ResourceImpact } = await loaded();
  const known = new Map([
    [ResourceImpact.WILL_REPLACE, 'replace'],
    [ResourceImpact.MAY_REPLACE, 'may-replace'],
  ] as const);
  return (before: JsonObject, after: JsonObject) => {
    // It writes into what it compares.
    const { resources } = fullDiff(structuredClone(before), structuredClone(after));
    return new Map(
      Object.entries(resources.changes).flatMap(([id, { changeImpact }]) => {
        const found = known.get(changeImpact as typeof ResourceImpact.WILL_REPLACE);
        return found === undefined ? [] : [[id, found] as const];
      }),
    );
  };
}

async function loaded(): Promise<typeof CloudFormationDiff> {
  try {
    return await import('@aws-cdk/cloudformation-diff');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && String(error.code).endsWith('MODULE_NOT_FOUND')))
      throw error;
    throw new LandfallError({
      code: 'NOT_SYNTHESIZABLE',
      at: 'landfall plan',
      got: `no ${LIBRARY}`,
      expected: 'the library that knows which changes replace a resource',
      fix: `npm install ${LIBRARY}`,
    });
  }
}
