import type { ResourcePricing } from '#lib/cost/resources/component';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** Devices are billed by what they send and how long they stay connected, whatever describes them. */
const things = byUse(
  ['AWS::IoT::Thing', 'AWS::IoT::ThingGroup', 'aws_iot_thing', 'aws_iot_thing_group'],
  'iot',
  'platform',
  [
    ['messages', 'messages of its devices', 'Messages', '1M messages'],
    ['connected', 'minutes that devices are connected', 'Connectivity', '1M minutes'],
  ],
);

const rules = byUse(['AWS::IoT::TopicRule', 'aws_iot_topic_rule'], 'iot', 'platform', [
  ['rules', 'rules triggered', 'Rules triggered', '1M requests'],
  ['actions', 'actions of rules', 'Rule actions', '1M requests'],
]);

/** Billed for each device that runs its core in a month; parts of it and what is deployed cost nothing. */
const cores = byUse(['AWS::GreengrassV2::Deployment', 'AWS::Greengrass::Group'], 'greengrass', 'platform', [
  ['devices', 'devices that run the core', 'Core device', 'instance-month'],
]);

const definitions = freeOf('describes devices, which are billed by what they send', [
  'AWS::IoT::AccountAuditConfiguration',
  'AWS::IoT::Authorizer',
  'AWS::IoT::BillingGroup',
  'AWS::IoT::CACertificate',
  'AWS::IoT::Certificate',
  'AWS::IoT::CertificateProvider',
  'AWS::IoT::CustomMetric',
  'AWS::IoT::Dimension',
  'AWS::IoT::DomainConfiguration',
  'AWS::IoT::Logging',
  'AWS::IoT::MitigationAction',
  'AWS::IoT::Policy',
  'AWS::IoT::PolicyPrincipalAttachment',
  'AWS::IoT::ProvisioningTemplate',
  'AWS::IoT::ResourceSpecificLogging',
  'AWS::IoT::RoleAlias',
  'AWS::IoT::SecurityProfile',
  'AWS::IoT::ThingPrincipalAttachment',
  'AWS::IoT::ThingType',
  'AWS::IoT::TopicRuleDestination',
  'AWS::Greengrass::*',
  'AWS::GreengrassV2::ComponentVersion',
  'AWS::IoT::Command',
  'AWS::IoT::EncryptionConfiguration',
  'AWS::IoT::FleetMetric',
  'AWS::IoT::JobTemplate',
  'AWS::IoT::SoftwarePackage',
  'AWS::IoT::SoftwarePackageVersion',
  'aws_iot_authorizer',
  'aws_iot_ca_certificate',
  'aws_iot_certificate',
  'aws_iot_domain_configuration',
  'aws_iot_endpoint',
  'aws_iot_logging_options',
  'aws_iot_policy',
  'aws_iot_policy_attachment',
  'aws_iot_provisioning_template',
  'aws_iot_role_alias',
  'aws_iot_thing_principal_attachment',
  'aws_iot_thing_type',
  'aws_iot_topic_rule_destination',
]);

export const devices: readonly ResourcePricing[] = [things, rules, cores, definitions];
