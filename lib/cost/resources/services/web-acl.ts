import { Unresolved } from '#lib/artifacts/resource';
import type { ReadResource } from '#lib/artifacts/unresolved';
import {
  aws,
  components,
  stated,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { blocksAt, listAt, textAt, within } from '#lib/cost/resources/facts';

export const webAcl: ResourcePricing = {
  types: ['AWS::WAFv2::WebACL', 'aws_wafv2_web_acl', 'AWS::WAF::WebACL', 'aws_waf_web_acl'],
  cost: (resource, context) => {
    const isBlocks = resource.format === 'terraform';
    const rules = listAt(resource, isBlocks && resource.type === 'aws_wafv2_web_acl' ? 'Rule' : 'Rules');
    const shown = rules.filter((rule) => !(rule instanceof Unresolved)).map((rule) => within(resource, rule));
    const price = (sku: string, unit: string) => aws('waf', sku, unit, context);
    return components(
      stated('acl', 'web ACL', price('Web ACL', 'acl-month'), 'platform', 1),
      rules.length > 0
        ? stated('rules', 'rules', price('Rule', 'rule-month'), 'platform', rules.length)
        : null,
      used('requests', 'requests checked', price('Requests', '1M requests'), 'platform'),
      ...managedGroups(shown.filter(isOfAws), context),
    );
  },
};

/** A rule that stands for a group of rules which AWS manages. */
const GROUP = 'Statement.ManagedRuleGroupStatement';

function isOfAws(rule: ReadResource): boolean {
  return textAt(rule, `${GROUP}.VendorName`) === 'AWS';
}

/** Groups of AWS's that are billed beside the rule: those for bots, and those for fraud. The others are not. */
function managedGroups(rules: readonly ReadResource[], context: PricingContext): (Component | null)[] {
  const named = (...names: readonly string[]) =>
    rules.filter((rule) => names.includes(textAt(rule, `${GROUP}.Name`) ?? ''));
  const bots = named(BOT_CONTROL);
  const frauds = named('AWSManagedRulesATPRuleSet', 'AWSManagedRulesACFPRuleSet');
  const price = (sku: string, unit: string) => aws('waf', sku, unit, context);
  const group = (key: string, sku: string, { length }: readonly ReadResource[]) =>
    length === 0
      ? null
      : stated(key, `${sku} rule group`, price(sku, 'rule-group-month'), 'platform', length);
  const level = bots.some(isTargeted) ? 'targeted' : 'common';
  return [
    group('bot-control', 'Bot Control', bots),
    bots.length === 0
      ? null
      : used(
          'bot-requests',
          `requests checked for bots, ${level}`,
          price(`Bot Control requests, ${level}`, '1M requests'),
          'platform',
        ),
    group('fraud-control', 'Fraud Control', frauds),
    frauds.length === 0
      ? null
      : used(
          'fraud-requests',
          'attempts checked for fraud',
          price('Fraud Control requests first 2M', '1k requests'),
          'platform',
        ),
  ];
}

const BOT_CONTROL = 'AWSManagedRulesBotControlRuleSet';

function isTargeted(rule: ReadResource): boolean {
  return blocksAt(rule, `${GROUP}.ManagedRuleGroupConfigs`).some(
    (config) => textAt(config, `${BOT_CONTROL}.InspectionLevel`) === 'TARGETED',
  );
}
