import { ofEachContainer } from '#lib/policy/containers';
import { flagValue, hasFlag, isOn, VLLM_IMAGE } from '#lib/policy/model-server';
import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { fieldsOf, textOf, valueOf } from '#lib/policy/values';

const SECRET = /(?:^|_)(?:TOKEN|SECRET|PASSWORD|PASSWD|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|CREDENTIALS?)$/i;
/** Switches and numbers have such names too; a reference of CloudFormation is resolved by the deployment. */
const NO_SECRET = /^(?:|true|false|\d+)$|^\{\{resolve:|\uFFFD/;

/** Programs that report how they are used unless they are told not to. */
const TELEMETRY: readonly {
  readonly image: RegExp;
  readonly off: readonly (readonly [name: string, value: string])[];
}[] = [
  { image: VLLM_IMAGE, off: [['VLLM_NO_USAGE_STATS', '1'], ['DO_NOT_TRACK', '1']] }, // prettier-ignore
  { image: /(?:^|\/)qdrant(?:\/|:)/, off: [['QDRANT__TELEMETRY_DISABLED', 'true']] },
  { image: /(?:^|\/)weaviate(?:\/|:)/, off: [['DISABLE_TELEMETRY', 'true']] },
];

/** Doors of engines that are meant for those who write them. */
const WORKSHOP = ['VLLM_SERVER_DEV_MODE', 'VLLM_ALLOW_RUNTIME_LORA_UPDATING', 'VLLM_ALLOW_INSECURE_SERIALIZATION']; // prettier-ignore

export const DISCLOSURE: readonly PolicyRule[] = [
  {
    id: 'secrets-by-reference',
    title: 'Secrets are referred to and never written',
    severity: 'error',
    rationale: 'What stands in a template stands in every copy, review and state file of it.',
    fix: 'refer to a Secret, or to a secret of the cloud',
    owaspLlm: ['LLM02', 'LLM08'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) => [
      ...ofEachContainer(({ environment, words }) => [
        ...[...environment].flatMap(([name, value]) =>
          SECRET.test(name) && !NO_SECRET.test(value) ? [`writes ${name} out`] : [],
        ),
        ...['--api-key', '--hf-api-token'].flatMap((flag) => {
          const value = flagValue(words, flag);
          return unless(value === null || value.startsWith('$'), `writes ${flag} out`);
        }),
      ])(infrastructure),
      ...ofEach(['v1/Secret'], (secret) =>
        ['data', 'stringData'].flatMap((field) =>
          unless(Object.keys(fieldsOf(valueOf(secret, field))).length === 0, `holds its ${field}`),
        ),
      )(infrastructure),
    ],
  },
  {
    id: 'prompts-not-logged',
    title: 'Prompts and answers stay out of the log of the model server',
    severity: 'error',
    rationale: 'Logs are read by more people than prompts are meant for, and kept longer.',
    fix: 'leave the logging of requests off; log sizes, times and the model at the gateway',
    owaspLlm: ['LLM02', 'LLM08'],
    aisvs: ['12.1.3'],
    breaches: ofEachContainer(({ words, environment }) => [
      ...['--enable-log-requests', '--enable-log-outputs', '--log-requests'].flatMap((flag) =>
        unless(!hasFlag(words, flag), `has ${flag}`),
      ),
      ...unless(!isOn(environment.get('VLLM_DEBUG_LOG_API_SERVER_RESPONSE')), 'logs its answers'),
    ]),
  },
  {
    id: 'telemetry-off',
    title: 'Engines and stores report nothing to their makers',
    severity: 'error',
    rationale: 'What models you run, how much and on which machines is nobody else’s business by default.',
    fix: 'set the variable that switches it off',
    owaspLlm: ['LLM02'],
    aisvs: ['4.3.3'],
    breaches: ofEachContainer(({ image, environment }) =>
      TELEMETRY.filter((program) => program.image.test(image)).flatMap(({ off }) =>
        unless(
          off.some(([name, value]) => environment.get(name) === value),
          `does not set ${off.map(([name]) => name).join(' or ')}`,
        ),
      ),
    ),
  },
  {
    id: 'no-workshop-doors',
    title: 'A model server opens no door that is meant for its developers',
    severity: 'error',
    rationale: 'They load adapters, read files and end the server, for anybody who reaches the port.',
    fix: 'leave the switch off',
    owaspLlm: ['LLM03', 'LLM04'],
    aisvs: ['4.3.3', '6.1.2'],
    breaches: ofEachContainer(({ words, environment }) => [
      ...WORKSHOP.flatMap((name) => unless(!isOn(environment.get(name)), `sets ${name}`)),
      ...unless(!hasFlag(words, '--allowed-local-media-path'), 'reads files that a request names'),
    ]),
  },
  {
    id: 'logs-kept-for-a-time',
    title: 'Logs are kept for half a year at least, and not for ever',
    severity: 'error',
    rationale:
      'The EU AI Act asks for six months of logs (Art. 19); what is kept for ever is kept of people, too.',
    fix: 'set `RetentionInDays` to 365',
    owaspLlm: ['LLM02'],
    aisvs: ['12.1.1', '12.5.3'],
    breaches: ofEach(['AWS::Logs::LogGroup'], (group) => {
      const days = Number(textOf(valueOf(group, 'RetentionInDays')) ?? 'none');
      return unless(
        days >= LEAST_LOG_DAYS,
        Number.isNaN(days) ? 'keeps its logs for ever' : `keeps its logs for ${days} days`,
      );
    }),
  },
];

/** Six months, counted long. */
const LEAST_LOG_DAYS = 184;
