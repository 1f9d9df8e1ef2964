import type { ResourcePricing } from '#lib/cost/resources/component';
import { byUse, freeOf, monthly } from '#lib/cost/resources/services/meters';

/** À la carte: an account may have a plan instead, which no template states. */
const identity = byUse(
  [
    'AWS::SES::EmailIdentity',
    'aws_ses_domain_identity',
    'aws_ses_email_identity',
    'aws_sesv2_email_identity',
  ],
  'ses',
  'platform',
  [
    ['messages', 'messages sent, by their recipients', 'Messages', '1k requests'],
    ['attachments', 'attachments sent', 'Attachments', 'GB'],
  ],
);

const receiving = byUse(['AWS::SES::ReceiptRuleSet', 'aws_ses_receipt_rule_set'], 'ses', 'platform', [
  ['received', 'messages received', 'Messages received', '1k requests'],
]);

const endpoint = monthly(['AWS::SES::MailManagerIngressPoint'], 'ses', 'platform', [
  'endpoint',
  'dedicated ingress endpoint',
  'Dedicated ingress endpoint',
  'endpoint-month',
]);

const definitions = freeOf('a setting of mail, which is billed by the message', [
  'AWS::SES::ConfigurationSet',
  'AWS::SES::ConfigurationSetEventDestination',
  'AWS::SES::ContactList',
  'AWS::SES::MailManagerRelay',
  'AWS::SES::MailManagerRuleSet',
  'AWS::SES::MailManagerTrafficPolicy',
  'AWS::SES::ReceiptFilter',
  'AWS::SES::ReceiptRule',
  'AWS::SES::Template',
  'aws_ses_active_receipt_rule_set',
  'aws_ses_configuration_set',
  'aws_ses_domain_dkim',
  'aws_ses_domain_identity_verification',
  'aws_ses_domain_mail_from',
  'aws_ses_event_destination',
  'aws_ses_identity_notification_topic',
  'aws_ses_identity_policy',
  'aws_ses_receipt_rule',
  'aws_ses_template',
  'aws_sesv2_configuration_set',
]);

export const mail: readonly ResourcePricing[] = [identity, receiving, endpoint, definitions];
