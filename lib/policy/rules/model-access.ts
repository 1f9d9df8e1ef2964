import { allowedStatements, allows, type AllowedStatement } from '#lib/policy/iam';
import type { Infrastructure } from '#lib/policy/infrastructure';
import { ofEach, type Breach, type PolicyRule } from '#lib/policy/rule';
import { textsOf, valueOf } from '#lib/policy/values';

const INVOKE = ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'];
/** Guardrails judge text: what only makes vectors or ranks takes none. */
const NO_TEXT = /embed|rerank/i;
const WHOLE_SERVICES = /^(?:\*|(?:aoss|bedrock|bedrock-agentcore|es|s3vectors|sagemaker):\*)$/;
const FULL_ACCESS = /(?:FullAccess|AdministratorAccess|PowerUserAccess)$/;

function invoking(infrastructure: Infrastructure): readonly AllowedStatement[] {
  return allowedStatements(infrastructure).filter((statement) =>
    INVOKE.some((action) => allows(statement, action)),
  );
}

function breach({ resource }: AllowedStatement, what: string): Breach {
  return { resource, what };
}

const fullAccess = ofEach(['AWS::IAM::Role', 'AWS::IAM::User', 'AWS::IAM::Group'], (identity) =>
  textsOf(valueOf(identity, 'ManagedPolicyArns'))
    .filter((arn) => FULL_ACCESS.test(arn))
    .map((arn) => `has ${arn.slice(arn.lastIndexOf('/') + 1)}`),
);

export const MODEL_ACCESS: readonly PolicyRule[] = [
  {
    id: 'guardrail-on-every-call',
    title: 'A call of a text model is allowed with a guardrail only',
    severity: 'error',
    rationale:
      'A caller that may leave the guardrail out sooner or later does: by mistake, or because it is in the way.',
    fix: 'add the condition `bedrock:GuardrailIdentifier` to the statement',
    owaspLlm: ['LLM01', 'LLM02'],
    aisvs: ['2.1.3', '2.2.1', '7.3.1'],
    breaches: (infrastructure) =>
      invoking(infrastructure)
        .filter(({ resources, demanded }) => {
          const isText = !(resources.length > 0 && resources.every((resource) => NO_TEXT.test(resource)));
          return isText && !demanded.has('bedrock:guardrailidentifier');
        })
        .map((statement) => breach(statement, 'allows calls without a guardrail')),
  },
  {
    id: 'models-named',
    title: 'Calls are allowed of named models',
    severity: 'error',
    rationale: 'Any model includes the dearest one, and those that nobody has judged fit for the data.',
    fix: 'name the model or its inference profile as the resource',
    owaspLlm: ['LLM03', 'LLM06'],
    aisvs: ['5.2.1', '6.1.2'],
    breaches: (infrastructure) =>
      invoking(infrastructure)
        .filter(({ resources, demanded }) => {
          const isOpen = resources.some((resource) => resource === '*' || resource.endsWith('/*'));
          // Ids that the service makes up are named by their tags.
          return isOpen && ![...demanded].some((name) => name.startsWith('aws:resourcetag/'));
        })
        .map((statement) => breach(statement, 'allows calls of every model')),
  },
  {
    id: 'actions-named',
    title: 'No identity may do everything with a service of models or vectors',
    severity: 'error',
    rationale: 'Whoever may do everything may also switch the guardrail, the logs and the encryption off.',
    fix: 'name the actions',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) =>
      allowedStatements(infrastructure).flatMap((statement) =>
        statement.actions
          .filter((action) => WHOLE_SERVICES.test(action))
          .map((action) => breach(statement, `allows ${action}`)),
      ),
  },
  {
    id: 'no-full-access-policies',
    title: 'No role has a policy of AWS that gives full access',
    severity: 'error',
    rationale:
      'Such a policy grows with every feature of its service; a role that serves a model needs a few actions.',
    fix: 'replace it with a policy that names actions and resources',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: fullAccess,
  },
];
