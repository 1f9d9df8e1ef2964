import type { ResourcePricing } from '#lib/cost/resources/component';
import { byUse, freeOf, monthly, type Line } from '#lib/cost/resources/services/meters';

/** What the provider of Terraform makes a resource of, and CloudFormation a property or nothing at all. */
const images = byUse(['aws_ami', 'aws_ami_copy', 'aws_ami_from_instance'], 'ebs', 'storage', [
  ['storage', 'snapshots of its volumes', 'Snapshot storage', 'GB-month'],
]);
const archive = byUse(['aws_glacier_vault'], 's3', 'storage', [
  ['storage', 'archives kept', 'Glacier Flexible Retrieval storage', 'GB-month'],
]);
const graphSnapshots = byUse(['aws_neptune_cluster_snapshot'], 'neptune', 'storage', [
  ['storage', 'snapshots kept', 'Backup storage', 'GB-month'],
]);
const REQUESTS: Line = ['requests', 'requests that it checks', 'Requests', '1M requests'];
const classicAcl = monthly(
  ['AWS::WAFRegional::WebACL', 'aws_wafregional_web_acl'],
  'waf',
  'platform',
  ['acl', 'web ACL', 'Web ACL', 'acl-month'],
  [REQUESTS],
);
const classicRules = monthly(
  ['AWS::WAF::Rule', 'AWS::WAFRegional::Rule', 'AWS::WAFRegional::RateBasedRule', 'aws_waf_rule', 'aws_wafregional_rule', 'aws_wafregional_rate_based_rule'], // prettier-ignore
  'waf',
  'platform',
  ['rule', 'rule', 'Rule', 'rule-month'],
);
const nameFirewall = byUse(
  ['AWS::Route53Resolver::FirewallRuleGroup', 'aws_route53_resolver_firewall_rule_group'],
  'route53',
  'network',
  [['queries', 'queries that it checks', 'Firewall queries', '1M requests']],
);
const monitor = byUse(['AWS::RUM::AppMonitor', 'aws_rum_app_monitor'], 'cloudwatch', 'platform', [
  ['events', 'events of its users', 'RUM events', '100k events'],
]);
const push = byUse(['aws_sns_platform_application'], 'sns', 'platform', [
  ['notifications', 'notifications to devices', 'Mobile notifications', '1M requests'],
]);

const settings = freeOf('a setting of another resource, which is billed itself', [
  'aws_autoscaling_attachment',
  'aws_autoscaling_group_tag',
  'aws_autoscaling_notification',
  'aws_cloudwatch_log_destination',
  'aws_codedeploy_app',
  'aws_codedeploy_deployment_config',
  'aws_codedeploy_deployment_group',
  'aws_db_event_subscription',
  'aws_dynamodb_global_table',
  'aws_ecr_registry_policy',
  'aws_ecr_replication_configuration',
  'aws_ecs_account_setting_default',
  'aws_elasticsearch_domain_policy',
  'aws_fsx_openzfs_volume',
  'aws_glue_registry',
  'aws_glue_schema',
  'aws_guardduty_detector_feature',
  'aws_imagebuilder_*',
  'aws_neptune_cluster_endpoint',
  'aws_oam_*',
  'aws_opensearch_domain_saml_options',
  'aws_opensearch_package',
  'aws_opensearch_package_association',
  'aws_prometheus_alert_manager_definition',
  'aws_rds_cluster_activity_stream',
  'aws_rds_cluster_endpoint',
  'aws_rds_cluster_role_association',
  'aws_route53_hosted_zone_dnssec',
  'aws_route53_key_signing_key',
  'aws_route53_query_log',
  'aws_s3_account_public_access_block',
  'aws_s3_object_copy',
  'aws_s3tables_namespace',
  'aws_s3tables_table',
  'aws_s3tables_table_bucket_policy',
  'aws_s3tables_table_policy',
  'aws_sagemaker_hub',
  'aws_sfn_activity',
  'aws_sfn_alias',
  'aws_sns_sms_preferences',
  'aws_sqs_queue_redrive_allow_policy',
  'aws_ssm_patch_baseline',
  'aws_ssm_patch_group',
  'aws_ssm_service_setting',
  'aws_transfer_ssh_key',
]);

const ofNetwork = freeOf('a part of the network without a charge; what passes is billed where it leaves', [
  'aws_alb_listener',
  'aws_alb_listener_certificate',
  'aws_alb_listener_rule',
  'aws_alb_target_group',
  'aws_alb_target_group_attachment',
  'aws_customer_gateway',
  'aws_ec2_managed_prefix_list',
  'aws_ec2_managed_prefix_list_entry',
  'aws_lb_cookie_stickiness_policy',
  'aws_lb_listener_certificate',
  'aws_lb_ssl_negotiation_policy',
  'aws_main_route_table_association',
  'aws_network_acl_association',
  'aws_network_interface_sg_attachment',
  'aws_proxy_protocol_policy',
  'aws_route53_vpc_association_authorization',
  'aws_route53_zone_association',
  'aws_vpclattice_service_network',
  'aws_vpclattice_service_network_service_association',
  'aws_vpclattice_service_network_vpc_association',
  'aws_vpn_connection_route',
  'aws_vpn_gateway',
  'aws_vpn_gateway_attachment',
  'aws_vpn_gateway_route_propagation',
]);

const ofAccount = freeOf('orders accounts and what is in them; it has no charge', [
  'aws_ami_launch_permission',
  'aws_ebs_default_kms_key',
  'aws_ebs_encryption_by_default',
  'aws_ec2_availability_zone_group',
  'aws_ec2_instance_metadata_defaults',
  'aws_ec2_instance_state',
  'aws_ec2_serial_console_access',
  'aws_ec2_tag',
  'aws_ram_*',
  'aws_resourcegroups_*',
  'aws_servicequotas_*',
  'aws_snapshot_create_volume_permission',
  'aws_ssoadmin_*',
]);

const shield = freeOf('covered by the subscription of the account, where it is billed', [
  'aws_shield_protection',
  'aws_shield_protection_health_check_association',
]);

export const terraformParts: readonly ResourcePricing[] = [
  images,
  archive,
  graphSnapshots,
  classicAcl,
  classicRules,
  nameFirewall,
  monitor,
  push,
  settings,
  ofNetwork,
  ofAccount,
  shield,
];
