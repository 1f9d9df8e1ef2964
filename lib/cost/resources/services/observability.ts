import { aws, components, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { numberAt } from '#lib/cost/resources/facts';
import { byUse, freeOf, monthly } from '#lib/cost/resources/services/meters';

const logs = byUse(['AWS::Logs::LogGroup', 'aws_cloudwatch_log_group'], 'cloudwatch', 'platform', [
  ['ingested', 'logs ingested', 'Logs ingested (standard)', 'GB'],
  ['stored', 'logs kept', 'Logs archival', 'GB-month'],
  ['scanned', 'logs searched', 'Logs Insights scanned', 'GB'],
]);

/** Seconds of a period below which an alarm is of high resolution. */
const STANDARD_PERIOD_SECONDS = 60;

const alarm: ResourcePricing = {
  types: ['AWS::CloudWatch::Alarm', 'aws_cloudwatch_metric_alarm'],
  cost: (resource, context) => {
    const period = numberAt(resource, 'Period') ?? STANDARD_PERIOD_SECONDS;
    const kind = period < STANDARD_PERIOD_SECONDS ? 'high' : 'standard';
    const price = aws('cloudwatch', `Alarm ${kind} resolution`, 'alarm-month', context);
    return components(stated('alarm', `alarm, ${kind} resolution`, price, 'platform', 1));
  },
};
const composite = monthly(
  ['AWS::CloudWatch::CompositeAlarm', 'aws_cloudwatch_composite_alarm'],
  'cloudwatch',
  'platform',
  ['alarm', 'composite alarm', 'Alarm composite', 'alarm-month'],
);
const dashboard = monthly(
  ['AWS::CloudWatch::Dashboard', 'aws_cloudwatch_dashboard'],
  'cloudwatch',
  'platform',
  ['dashboard', 'dashboard', 'Dashboard', 'dashboard-month'],
);
const metricStream = byUse(
  ['AWS::CloudWatch::MetricStream', 'aws_cloudwatch_metric_stream'],
  'cloudwatch',
  'platform',
  [['updates', 'metric updates', 'Metric stream updates', '1k requests']],
);
const canary = byUse(['AWS::Synthetics::Canary', 'aws_synthetics_canary'], 'cloudwatch', 'platform', [
  ['runs', 'runs of the canary', 'Canary runs', 'run'],
]);
const traces = byUse(['AWS::XRay::Group', 'aws_xray_group'], 'xray', 'platform', [
  ['traces', 'traces recorded', 'Traces recorded', '1M traces'],
]);
const prometheus = byUse(['AWS::APS::Workspace', 'aws_prometheus_workspace'], 'prometheus', 'platform', [
  ['samples', 'samples ingested', 'Samples ingested', '1M samples'],
  ['storage', 'metrics kept', 'Metric storage', 'GB-month'],
]);
const scraper: ResourcePricing = {
  types: ['AWS::APS::Scraper', 'aws_prometheus_scraper'],
  cost: (_, context) =>
    components(used('hours', 'collector hours', aws('prometheus', 'Collector', 'hour', context), 'platform')),
};
const grafana: ResourcePricing = {
  types: ['AWS::Grafana::Workspace', 'aws_grafana_workspace'],
  cost: (_, context) => {
    const price = (sku: string) => aws('grafana', sku, 'user-month', context);
    return components(
      {
        ...stated('editors', 'editors', price('Editor'), 'platform', 1, 'one editor at least'),
        isFloor: true,
      },
      used('viewers', 'viewers', price('Viewer'), 'platform'),
    );
  },
};

const definitions = freeOf('a setting of what is observed, which is billed by what it sends', [
  'AWS::APS::ResourcePolicy',
  'AWS::APS::RuleGroupsNamespace',
  'AWS::CloudWatch::AlarmMuteRule',
  'AWS::CloudWatch::AnomalyDetector',
  'AWS::Logs::AccountPolicy',
  'AWS::Logs::Delivery',
  'AWS::Logs::DeliveryDestination',
  'AWS::Logs::DeliverySource',
  'AWS::Logs::Destination',
  'AWS::Logs::Integration',
  'AWS::Logs::LogStream',
  'AWS::Logs::MetricFilter',
  'AWS::Logs::QueryDefinition',
  'AWS::Logs::ResourcePolicy',
  'AWS::Logs::SubscriptionFilter',
  'AWS::Logs::Transformer',
  'AWS::Oam::Link',
  'AWS::Oam::Sink',
  'AWS::Synthetics::Group',
  'AWS::XRay::ResourcePolicy',
  'AWS::XRay::SamplingRule',
  'AWS::XRay::TransactionSearchConfig',
  'aws_cloudwatch_log_data_protection_policy',
  'aws_cloudwatch_log_metric_filter',
  'aws_cloudwatch_log_resource_policy',
  'aws_cloudwatch_log_stream',
  'aws_cloudwatch_log_subscription_filter',
  'aws_cloudwatch_query_definition',
  'aws_grafana_role_association',
  'aws_grafana_workspace_api_key',
  'aws_prometheus_rule_group_namespace',
  'aws_xray_sampling_rule',
]);

export const observability: readonly ResourcePricing[] = [
  logs,
  alarm,
  composite,
  dashboard,
  metricStream,
  canary,
  traces,
  prometheus,
  scraper,
  grafana,
  definitions,
];
