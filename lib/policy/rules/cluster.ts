import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { fieldsOf, isTrue, isWritten, objectsOf, textOf, textsOf, valueOf } from '#lib/policy/values';

const LOGS = ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'];
/** What a bill is split by. */
const COST_TAGS = ['landfall:environment', 'landfall:option', 'landfall:scenario'];
/** What is paid by the hour or by use, and takes tags. */
const BILLED = [
  'AWS::Bedrock::ApplicationInferenceProfile',
  'AWS::Bedrock::Guardrail',
  'AWS::EKS::Cluster',
  'AWS::EKS::Nodegroup',
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::S3Vectors::VectorBucket',
  'AWS::SageMaker::Endpoint',
  'AWS::SageMaker::EndpointConfig',
];

export const CLUSTER: readonly PolicyRule[] = [
  {
    id: 'cluster-secrets-encrypted',
    title: 'Secrets of the cluster are encrypted with a key of your own',
    severity: 'error',
    rationale: 'Tokens of model hubs and keys of stores lie in them.',
    fix: 'set `EncryptionConfig`',
    owaspLlm: ['LLM02'],
    aisvs: ['5.2.1'],
    breaches: ofEach(['AWS::EKS::Cluster'], (cluster) => {
      const configured = objectsOf(valueOf(cluster, 'EncryptionConfig'));
      return unless(
        configured.some(({ Provider }) => isWritten(fieldsOf(Provider)['KeyArn'])),
        'has no key',
      );
    }),
  },
  {
    id: 'cluster-audited',
    title: 'The cluster logs who did what',
    severity: 'error',
    rationale: 'Without the audit log nobody can say who changed the model that answered.',
    fix: 'switch on all five kinds of logs of the control plane',
    owaspLlm: ['LLM03'],
    aisvs: ['12.5.3'],
    breaches: ofEach(['AWS::EKS::Cluster'], (cluster) => {
      const on = objectsOf(valueOf(cluster, 'Logging.ClusterLogging.EnabledTypes')).map(({ Type }) =>
        textOf(Type),
      );
      return LOGS.filter((log) => !on.includes(log)).map((log) => `does not log ${log}`);
    }),
  },
  {
    id: 'node-credentials-guarded',
    title: 'Pods cannot take the credentials of their node, and its disks are encrypted',
    severity: 'error',
    rationale: 'A prompt that makes a tool fetch an address can make it fetch the node’s credentials.',
    fix: 'require tokens of the metadata service with a hop limit of 1; encrypt the volumes',
    owaspLlm: ['LLM01', 'LLM03'],
    aisvs: ['4.3.3', '5.2.1'],
    breaches: ofEach(['AWS::EC2::LaunchTemplate'], (template) => {
      const data = fieldsOf(valueOf(template, 'LaunchTemplateData'));
      const metadata = fieldsOf(data['MetadataOptions']);
      const volumes = objectsOf(data['BlockDeviceMappings']).map(({ Ebs }) => fieldsOf(Ebs));
      return [
        ...unless(metadata['HttpTokens'] === 'required', 'asks for no token'),
        ...unless(Number(metadata['HttpPutResponseHopLimit']) === 1, 'answers pods'),
        ...unless(
          volumes.every(({ Encrypted }) => isTrue(Encrypted)),
          'has a volume that is not encrypted',
        ),
      ];
    }),
  },
  {
    id: 'identity-of-one-workload',
    title: 'A role for pods belongs to one service account',
    severity: 'error',
    rationale: 'Two workloads with one role have the sum of what both need.',
    fix: 'give each service account a role of its own',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) => {
      const identities = infrastructure.ofType('AWS::EKS::PodIdentityAssociation');
      const roleOf = (resource: (typeof identities)[number]) =>
        JSON.stringify(valueOf(resource, 'RoleArn') ?? null);
      return identities
        .filter(
          (identity, index) => identities.findIndex((each) => roleOf(each) === roleOf(identity)) < index,
        )
        .map((resource) => ({ resource, what: 'shares its role with another service account' }));
    },
  },
  {
    id: 'volumes-encrypted',
    title: 'Volumes that claims get are encrypted',
    severity: 'error',
    rationale: 'They hold indexes and caches: text that was meant for few.',
    fix: 'set the parameter `encrypted` of the StorageClass',
    owaspLlm: ['LLM09'],
    aisvs: ['5.2.1'],
    breaches: ofEach(['storage.k8s.io/v1/StorageClass'], (storage) =>
      textOf(valueOf(storage, 'provisioner')) === 'ebs.csi.aws.com'
        ? unless(isTrue(valueOf(storage, 'parameters.encrypted')), 'makes volumes in the clear')
        : [],
    ),
  },
  {
    id: 'cost-tags',
    title: 'What is billed says for whom',
    severity: 'warning',
    rationale: 'Money that nobody is named for grows.',
    fix: `tag it with ${COST_TAGS.join(', ')}`,
    owaspLlm: ['LLM06'],
    aisvs: ['12.2.5'],
    breaches: ofEach(BILLED, (resource) => {
      const tags = valueOf(resource, 'Tags');
      const keys = [...Object.keys(fieldsOf(tags)), ...objectsOf(tags).flatMap(({ Key }) => textsOf(Key))];
      const missing = COST_TAGS.filter((tag) => !keys.includes(tag));
      return missing.map((tag) => `has no tag ${tag}`);
    }),
  },
];
