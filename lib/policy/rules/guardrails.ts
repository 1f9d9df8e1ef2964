import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { isWritten, objectsOf, referredBy, textOf, valueOf } from '#lib/policy/values';

const GUARDRAIL = 'AWS::Bedrock::Guardrail';
const HARMS = ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT'];

export const GUARDRAILS: readonly PolicyRule[] = [
  {
    id: 'guardrail-filters',
    title: 'A guardrail filters every kind of harm, in questions and answers, and attacks in prompts',
    severity: 'error',
    rationale: 'A filter that is left out is not weak but absent, and nothing says so at the call.',
    fix: 'list every filter in `ContentPolicyConfig` with a strength above NONE',
    owaspLlm: ['LLM01', 'LLM10'],
    aisvs: ['2.1.3', '2.2.1', '7.3.1'],
    breaches: ofEach([GUARDRAIL], (guardrail) => {
      const filters = new Map(
        objectsOf(valueOf(guardrail, 'ContentPolicyConfig.FiltersConfig')).map((filter) => [
          textOf(filter['Type']),
          filter,
        ]),
      );
      const strong = (type: string, side: string) => {
        const strength = textOf(filters.get(type)?.[side]);
        return strength !== null && strength !== 'NONE';
      };
      return [
        ...HARMS.flatMap((type) => [
          ...unless(strong(type, 'InputStrength'), `lets ${type} into prompts`),
          ...unless(strong(type, 'OutputStrength'), `lets ${type} into answers`),
        ]),
        ...unless(strong('PROMPT_ATTACK', 'InputStrength'), 'lets PROMPT_ATTACK into prompts'),
      ];
    }),
  },
  {
    id: 'guardrail-personal-data',
    title: 'A guardrail blocks or masks personal data',
    severity: 'error',
    rationale: 'What a model has been told it may tell the next caller, and what it was told stays in logs.',
    fix: 'list entities in `SensitiveInformationPolicyConfig`',
    owaspLlm: ['LLM02'],
    aisvs: ['7.3.2', '8.2.1'],
    breaches: ofEach([GUARDRAIL], (guardrail) => {
      const of = (list: string) => objectsOf(valueOf(guardrail, `SensitiveInformationPolicyConfig.${list}`));
      const acts = [...of('PiiEntitiesConfig'), ...of('RegexesConfig')].some(
        ({ Action }) => Action === 'BLOCK' || Action === 'ANONYMIZE',
      );
      return unless(acts, 'blocks and masks nothing');
    }),
  },
  {
    id: 'guardrail-version',
    title: 'A guardrail has a version that callers can pin',
    severity: 'error',
    rationale: 'Callers of the draft get every change at once, tested or not.',
    fix: 'add an AWS::Bedrock::GuardrailVersion of it',
    owaspLlm: ['LLM04'],
    aisvs: ['3.3.2'],
    breaches: ofEach([GUARDRAIL], ({ address }, infrastructure) => {
      const versions = infrastructure.ofType('AWS::Bedrock::GuardrailVersion');
      const has = versions.some((version) => referredBy(valueOf(version, 'GuardrailIdentifier')) === address);
      return unless(has, 'has no version');
    }),
  },
  {
    id: 'guardrail-key',
    title: 'A guardrail is encrypted with a key of your own',
    severity: 'error',
    rationale: 'Its word lists and patterns say what you look for, which is what an attacker wants to know.',
    fix: 'set `KmsKeyArn`',
    owaspLlm: ['LLM08'],
    aisvs: ['5.2.1'],
    breaches: ofEach([GUARDRAIL], (guardrail) =>
      unless(isWritten(valueOf(guardrail, 'KmsKeyArn')), 'has no key'),
    ),
  },
];
