import { Aws } from 'aws-cdk-lib';
import { LandfallError } from '#lib/errors/landfall-error';
import type { ManagedServingPlan } from '#lib/plan/plan';

/** Prefixes of the geographic profiles, by the beginning of a region's name. */
const GEOGRAPHIES: Readonly<Record<string, string>> = {
  us: 'us',
  ca: 'us',
  eu: 'eu',
  ap: 'apac',
};

export interface ModelArns {
  /** What an application profile is copied from. */
  readonly source: string;
  /** The models that requests may end at: in this region, or in any for a cross-region profile. */
  readonly models: readonly string[];
}

/**
 * ARNs of a managed model as it is called from one region.
 *
 * @throws LandfallError NOT_SYNTHESIZABLE where the region has no geographic profile
 */
export function modelArns({ modelId, profile }: ManagedServingPlan, region: string): ModelArns {
  const model = (where: string) => `arn:${Aws.PARTITION}:bedrock:${where}::foundation-model/${modelId}`;
  if (profile === 'in-region') return { source: model(region), models: [model(region)] };
  const prefix = profile === 'global' ? 'global' : geographyOf(region);
  return {
    source: `arn:${Aws.PARTITION}:bedrock:${region}:${Aws.ACCOUNT_ID}:inference-profile/${prefix}.${modelId}`,
    // The global profile may route to a model without a region in its ARN.
    models: profile === 'global' ? [model('*'), model('')] : [model('*')],
  };
}

function geographyOf(region: string): string {
  const beginning = region.split('-')[0] ?? region;
  const prefix = region.startsWith('us-gov-') ? 'us-gov' : GEOGRAPHIES[beginning];
  if (prefix !== undefined) return prefix;
  throw new LandfallError({
    code: 'NOT_SYNTHESIZABLE',
    at: `region ${region}`,
    got: 'a regional inference profile',
    expected: `a region that begins with ${Object.keys(GEOGRAPHIES).join(', ')}`,
    fix: 'choose the profile in-region or global',
  });
}
