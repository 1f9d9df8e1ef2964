import { aws, components, free, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { textAt } from '#lib/cost/resources/facts';
import { byUse, freeOf, monthly } from '#lib/cost/resources/services/meters';
import { webAcl } from '#lib/cost/resources/services/web-acl';

const key: ResourcePricing = {
  types: [
    'AWS::KMS::Key',
    'AWS::KMS::ReplicaKey',
    'aws_kms_external_key',
    'aws_kms_key',
    'aws_kms_replica_key',
  ],
  cost: (resource, context) => {
    const property = resource.format === 'terraform' ? 'CustomerMasterKeySpec' : 'KeySpec';
    const spec = textAt(resource, property) ?? 'SYMMETRIC_DEFAULT';
    // Requests with a 2048-bit key cost what those with a symmetric one do.
    const isCheap = spec === 'SYMMETRIC_DEFAULT' || spec === 'RSA_2048' || spec.startsWith('HMAC');
    const price = (sku: string, unit: string) => aws('kms', sku, unit, context);
    return components(
      stated('key', 'customer-managed key', price('Customer managed key', 'key-month'), 'platform', 1),
      used(
        'requests',
        'requests with the key',
        price(isCheap ? 'Requests' : 'Requests, asymmetric', '10k requests'),
        'platform',
      ),
    );
  },
};

const secret = monthly(
  ['AWS::SecretsManager::Secret', 'aws_secretsmanager_secret'],
  'secretsmanager',
  'platform',
  ['secret', 'secret', 'Secret', 'secret-month'],
  [['requests', 'requests for the secret', 'Requests', '10k requests']],
);

const parameter: ResourcePricing = {
  types: ['AWS::SSM::Parameter', 'aws_ssm_parameter'],
  cost: (resource, context) => {
    if (textAt(resource, 'Tier') !== 'Advanced') return free('a standard parameter has no charge');
    const price = (sku: string, unit: string) => aws('ssm', sku, unit, context);
    return components(
      stated(
        'parameter',
        'advanced parameter',
        price('Advanced parameter', 'parameter-month'),
        'platform',
        1,
      ),
      used('requests', 'requests', price('Advanced parameter requests', '10k requests'), 'platform'),
    );
  },
};

const authority: ResourcePricing = {
  types: ['AWS::ACMPCA::CertificateAuthority', 'aws_acmpca_certificate_authority'],
  cost: (resource, context) => {
    const isShort = textAt(resource, 'UsageMode') === 'SHORT_LIVED_CERTIFICATE';
    const price = (sku: string, unit: string) => aws('acmpca', sku, unit, context);
    return components(
      stated(
        'authority',
        'private certificate authority',
        price(isShort ? 'Private CA short-lived' : 'Private CA', 'ca-month'),
        'platform',
        1,
      ),
      isShort
        ? null
        : used(
            'certificates',
            'certificates issued',
            price('Certificates first 1k', 'certificate'),
            'platform',
          ),
    );
  },
};

const guardDuty = byUse(['AWS::GuardDuty::Detector', 'aws_guardduty_detector'], 'guardduty', 'platform', [
  ['events', 'events analysed', 'CloudTrail events', '1M events'],
  ['flow-logs', 'flow and DNS logs analysed', 'Flow and DNS logs first 500 GB', 'GB'],
]);
const macie = byUse(['AWS::Macie::Session', 'aws_macie2_account'], 'macie', 'platform', [
  ['buckets', 'buckets watched', 'Bucket', 'bucket-month'],
  ['inspected', 'data inspected', 'Data inspected', 'GB'],
]);
const inspector = byUse(['aws_inspector2_enabler'], 'inspector', 'platform', [
  ['instances', 'instances scanned', 'Instance', 'instance-month'],
]);
const securityHub = byUse(
  ['AWS::SecurityHub::Hub', 'AWS::SecurityHub::HubV2', 'aws_securityhub_account'],
  'securityhub',
  'platform',
  [['checks', 'security checks', 'Security checks', 'check']],
);
const detective = byUse(['AWS::Detective::Graph', 'aws_detective_graph'], 'detective', 'platform', [
  ['data', 'data analysed', 'Data ingested', 'GB'],
]);
const recorder = byUse(
  ['AWS::Config::ConfigurationRecorder', 'aws_config_configuration_recorder'],
  'config',
  'platform',
  [['items', 'configuration items', 'Configuration item', 'item']],
);
const rule = byUse(
  [
    'AWS::Config::ConfigRule',
    'AWS::Config::OrganizationConfigRule',
    'aws_config_config_rule',
    'aws_config_organization_managed_rule',
  ],
  'config',
  'platform',
  [['evaluations', 'evaluations of the rule', 'Rule evaluations first 100k', 'evaluation']],
);
const trail = byUse(['AWS::CloudTrail::Trail', 'aws_cloudtrail'], 'cloudtrail', 'platform', [
  ['events', 'data events', 'Data events', '100k events'],
]);
/** What is kept seven years from the start is dearer by its steps than what is kept a year and may be extended. */
const eventStore: ResourcePricing = {
  types: ['AWS::CloudTrail::EventDataStore', 'aws_cloudtrail_event_data_store'],
  cost: (resource, context) => {
    const isFixed = textAt(resource, 'BillingMode') === 'FIXED_RETENTION_PRICING';
    const sku = isFixed ? 'Lake ingestion, seven years, first 5 TB' : 'Lake ingestion, one year';
    return components(used('ingested', 'events ingested', aws('cloudtrail', sku, 'GB', context), 'platform'));
  },
};

/** A pool belongs to one plan; new ones to Essentials. */
const users: ResourcePricing = {
  types: ['AWS::Cognito::UserPool', 'aws_cognito_user_pool'],
  cost: (resource, context) => {
    const plan = (textAt(resource, 'UserPoolTier') ?? 'ESSENTIALS').toLowerCase();
    const sku = `Monthly active user, ${plan.charAt(0).toUpperCase()}${plan.slice(1)}`;
    const price = aws('cognito', sku, 'user-month', context);
    return components(used('users', `monthly active users, ${plan} plan`, price, 'platform'));
  },
};
const permissions = byUse(
  ['AWS::VerifiedPermissions::PolicyStore', 'aws_verifiedpermissions_policy_store'],
  'verifiedpermissions',
  'platform',
  [['requests', 'authorization requests', 'Authorization requests', '1M requests']],
);
const shield = monthly(['aws_shield_subscription'], 'shield', 'platform', [
  'subscription',
  'Shield Advanced subscription',
  'Advanced subscription',
  'subscription-month',
]);

const definitions = freeOf('a setting of what protects, which is billed by what it checks', [
  'AWS::ACMPCA::Certificate',
  'AWS::ACMPCA::CertificateAuthorityActivation',
  'AWS::ACMPCA::Permission',
  'AWS::AccessAnalyzer::Analyzer',
  'AWS::AccessAnalyzer::ArchiveRule',
  'AWS::CertificateManager::*',
  'AWS::Cognito::IdentityPool',
  'AWS::Cognito::IdentityPoolRoleAttachment',
  'AWS::Cognito::LogDeliveryConfiguration',
  'AWS::Cognito::ManagedLoginBranding',
  'AWS::Cognito::UserPoolClient',
  'AWS::Cognito::UserPoolDomain',
  'AWS::Cognito::UserPoolGroup',
  'AWS::Cognito::UserPoolIdentityProvider',
  'AWS::Cognito::UserPoolResourceServer',
  'AWS::Cognito::UserPoolRiskConfigurationAttachment',
  'AWS::Cognito::UserPoolUICustomizationAttachment',
  'AWS::Cognito::UserPoolUser',
  'AWS::Cognito::UserPoolUserToGroupAttachment',
  'AWS::Config::ConfigurationAggregator',
  'AWS::Config::DeliveryChannel',
  'AWS::Config::RemediationConfiguration',
  'AWS::GuardDuty::Filter',
  'AWS::GuardDuty::IPSet',
  'AWS::GuardDuty::PublishingDestination',
  'AWS::GuardDuty::ThreatIntelSet',
  'AWS::Macie::AllowList',
  'AWS::Macie::CustomDataIdentifier',
  'AWS::Macie::FindingsFilter',
  'AWS::SecretsManager::RotationSchedule',
  'AWS::SecurityHub::AutomationRule',
  'AWS::SecurityHub::Insight',
  'AWS::SecurityHub::Standard',
  'AWS::Shield::Protection',
  'AWS::VerifiedPermissions::IdentitySource',
  'AWS::VerifiedPermissions::Policy',
  'AWS::VerifiedPermissions::PolicyTemplate',
  'AWS::WAFv2::IPSet',
  'AWS::WAFv2::LoggingConfiguration',
  'AWS::WAFv2::RegexPatternSet',
  'AWS::WAFv2::RuleGroup',
  'AWS::WAFv2::WebACLAssociation',
  'aws_acm_certificate',
  'aws_acmpca_certificate',
  'aws_acmpca_certificate_authority_certificate',
  'aws_acmpca_permission',
  'aws_acm_certificate_validation',
  'aws_cognito_identity_pool',
  'aws_cognito_identity_pool_provider_principal_tag',
  'aws_cognito_identity_pool_roles_attachment',
  'aws_cognito_identity_provider',
  'aws_cognito_managed_login_branding',
  'aws_cognito_resource_server',
  'aws_cognito_user',
  'aws_cognito_user_group',
  'aws_cognito_user_pool_client',
  'aws_cognito_user_pool_domain',
  'aws_cognito_user_pool_ui_customization',
  'aws_config_configuration_recorder_status',
  'aws_config_delivery_channel',
  'aws_guardduty_filter',
  'aws_macie2_custom_data_identifier',
  'aws_secretsmanager_secret_policy',
  'aws_secretsmanager_secret_rotation',
  'aws_secretsmanager_secret_version',
  'aws_securityhub_standards_subscription',
  'aws_wafv2_ip_set',
  'aws_wafv2_regex_pattern_set',
  'aws_wafv2_rule_group',
  'aws_wafv2_web_acl_association',
  'aws_wafv2_web_acl_logging_configuration',
]);

export const security: readonly ResourcePricing[] = [
  key,
  secret,
  parameter,
  webAcl,
  authority,
  guardDuty,
  macie,
  inspector,
  securityHub,
  detective,
  recorder,
  rule,
  trail,
  eventStore,
  users,
  permissions,
  shield,
  definitions,
];
