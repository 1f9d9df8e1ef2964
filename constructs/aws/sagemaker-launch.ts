import { region_info as regions } from 'aws-cdk-lib';
import type { SagemakerLaunch } from '#lib/engines/engine';
import { LandfallError } from '#lib/errors/landfall-error';
import type { ServingPlan } from '#lib/plan/plan';

/**
 * How AWS's own image runs the planned model server.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where AWS has no image of the engine's release
 */
export function launchOnSagemaker({ engine, launch }: ServingPlan, at: string): SagemakerLaunch {
  if (launch.sagemaker !== undefined) return launch.sagemaker;
  throw new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at,
    got: `engine ${engine}, ${launch.image.repository}:${launch.image.tag}`,
    expected: 'an engine release of which AWS has a SageMaker image',
    fix: 'leave out the engine and its `imageTag`, or choose target aws-eks',
  });
}

/**
 * Account that holds AWS's deep-learning images in a region.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where the region has none
 */
export function imageAccount(region: string, at: string): string {
  const account = regions.RegionInfo.get(region).dlcRepositoryAccount;
  if (account !== undefined) return account;
  throw new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at,
    got: `region ${region}`,
    expected: "a region with AWS's deep-learning images",
    fix: 'choose another region, or target aws-eks',
  });
}
