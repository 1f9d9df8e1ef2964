import { aws_bedrock as bedrock, aws_kms as kms } from 'aws-cdk-lib';
import type { Construct } from 'constructs';

const HARMS = ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT'];

/** Secrets are refused, in questions and in answers. */
const BLOCKED = [
  'AWS_ACCESS_KEY',
  'AWS_SECRET_KEY',
  'PASSWORD',
  'CREDIT_DEBIT_CARD_NUMBER',
  'CREDIT_DEBIT_CARD_CVV',
];

/** Personal data is masked, so that the conversation can go on. */
const MASKED = [
  'EMAIL',
  'PHONE',
  'ADDRESS',
  'US_SOCIAL_SECURITY_NUMBER',
  'INTERNATIONAL_BANK_ACCOUNT_NUMBER',
];

export interface ContentGuardrail {
  readonly guardrail: bedrock.CfnGuardrail;
  /** Whoever applies the guardrail must be able to decrypt with it. */
  readonly key: kms.Key;
}

/** A guardrail with every content filter, a version of it, and a key of its own. */
export function contentGuardrail(scope: Construct, id: string, name: string): ContentGuardrail {
  const key = new kms.Key(scope, `${id}Key`, { description: `Guardrail ${name}`, enableKeyRotation: true });
  const guardrail = new bedrock.CfnGuardrail(scope, id, {
    name,
    description: 'Content, prompt attacks and personal data',
    kmsKeyArn: key.keyArn,
    blockedInputMessaging: 'This request is against the rules of use.',
    blockedOutputsMessaging: 'The answer was withheld because it is against the rules of use.',
    contentPolicyConfig: {
      filtersConfig: [
        ...HARMS.map((type) => ({ type, inputStrength: 'HIGH', outputStrength: 'HIGH' })),
        // An attack stands in the prompt: the service refuses any output strength but this.
        { type: 'PROMPT_ATTACK', inputStrength: 'HIGH', outputStrength: 'NONE' },
      ],
    },
    sensitiveInformationPolicyConfig: {
      piiEntitiesConfig: [
        ...BLOCKED.map((type) => ({ type, action: 'BLOCK' })),
        ...MASKED.map((type) => ({ type, action: 'ANONYMIZE' })),
      ],
    },
  });
  new bedrock.CfnGuardrailVersion(scope, `${id}Version`, {
    guardrailIdentifier: guardrail.attrGuardrailId,
    description: 'What callers pin',
  });
  return { guardrail, key };
}
