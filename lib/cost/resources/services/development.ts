import { aws, components, unpriced, used, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, textAt } from '#lib/cost/resources/facts';
import { volume } from '#lib/cost/resources/services/ec2';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** Volume of an environment of Cloud9 in GiB (Cloud9's user guide). */
const CLOUD9_GIB = 10;

/** An instance that stands while somebody works, and its volume, which stays. */
const cloud9: ResourcePricing = {
  types: ['AWS::Cloud9::EnvironmentEC2', 'aws_cloud9_environment_ec2'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    const price = aws('ec2', type, 'instance-hour', context);
    return components(
      used('instance', `${type}, while it is open`, price, 'compute'),
      ...volume({ type: 'gp2', gib: CLOUD9_GIB }, 1, context).map((part) => ({
        ...part,
        quantityIs: 'assumed' as const,
      })),
    );
  },
};

const artifacts = byUse(
  [
    'AWS::CodeArtifact::Repository',
    'AWS::CodeArtifact::Domain',
    'aws_codeartifact_repository',
    'aws_codeartifact_domain',
  ],
  'codeartifact',
  'storage',
  [
    ['storage', 'packages kept', 'Storage', 'GB-month'],
    ['requests', 'requests', 'Requests', '10k requests'],
  ],
);

const buildFleet: ResourcePricing = {
  types: ['AWS::CodeBuild::Fleet', 'aws_codebuild_fleet'],
  cost: () => unpriced('machines that are reserved for builds: what they cost is not known here'),
};

const definitions = freeOf('a definition; what uses it is billed', [
  'AWS::CodeArtifact::PackageGroup',
  'AWS::CodePipeline::CustomActionType',
  'AWS::CodePipeline::Webhook',
  'AWS::CodeStar::GitHubRepository',
  'AWS::CodeStarNotifications::NotificationRule',
  'AWS::Signer::ProfilePermission',
  'AWS::Signer::SigningProfile',
  'aws_cloud9_environment_membership',
  'aws_codeartifact_domain_permissions_policy',
  'aws_codeartifact_repository_permissions_policy',
  'aws_codebuild_webhook',
  'aws_codepipeline_custom_action_type',
  'aws_codepipeline_webhook',
  'aws_codestarnotifications_notification_rule',
  'aws_signer_signing_profile',
  'aws_signer_signing_profile_permission',
]);

export const development: readonly ResourcePricing[] = [cloud9, artifacts, buildFleet, definitions];
