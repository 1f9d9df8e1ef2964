import { ReferenceTo } from '#lib/artifacts/unresolved';
import { aws, policy, sagemakerModel, type Fixtures, type Values } from './resources';

const MODEL = 'arn:aws:bedrock:us-east-1::foundation-model/meta.llama3-1-70b-instruct-v1:0';
const EMBEDDER = 'arn:aws:bedrock:us-east-1::foundation-model/amazon.titan-embed-text-v2:0';
const GUARDED = { StringLike: { 'bedrock:GuardrailIdentifier': 'arn:aws:bedrock:us-east-1:1:guardrail/a*' } };
const filters = (without = '') =>
  ['HATE', 'INSULTS', 'SEXUAL', 'VIOLENCE', 'MISCONDUCT', 'PROMPT_ATTACK']
    .filter((type) => type !== without)
    .map((Type) => ({
      Type,
      InputStrength: 'HIGH',
      OutputStrength: Type === 'PROMPT_ATTACK' ? 'NONE' : 'HIGH',
    }));
const guardrail = (properties: Values) => aws('Bedrock::Guardrail', properties, 'guardrail');
const network = (policyText: object) =>
  aws('OpenSearchServerless::SecurityPolicy', { Type: 'network', Policy: JSON.stringify(policyText) });
const encryption = (policyText: object) =>
  aws('OpenSearchServerless::SecurityPolicy', { Type: 'encryption', Policy: JSON.stringify(policyText) });
const access = (rule: object) =>
  aws('OpenSearchServerless::AccessPolicy', { Type: 'data', Policy: JSON.stringify([rule]) });
const domain = (properties: Values) => aws('OpenSearchService::Domain', properties);
const cluster = (properties: Values) => aws('EKS::Cluster', properties);
const identity = (address: string, role: string) =>
  aws('EKS::PodIdentityAssociation', { RoleArn: new ReferenceTo(role, 'Arn') }, address);
const COST_TAGS = ['landfall:environment', 'landfall:option', 'landfall:scenario'].map((Key) => ({
  Key,
  Value: 'a',
}));

/** Rules about resources of the cloud. */
export const CLOUD_FIXTURES: Fixtures = {
  'guardrail-on-every-call': {
    broken: [
      [policy({ Action: 'bedrock:InvokeModel', Resource: MODEL })],
      [policy({ Action: 'bedrock:Invoke*', Resource: MODEL })],
      [
        policy({
          Action: 'bedrock:InvokeModel',
          Resource: MODEL,
          Condition: { StringLikeIfExists: GUARDED.StringLike },
        }),
      ],
    ],
    kept: [
      [policy({ Action: 'bedrock:InvokeModel', Resource: MODEL, Condition: GUARDED })],
      [policy({ Action: 'bedrock:InvokeModel', Resource: EMBEDDER })],
      [policy({ Effect: 'Deny', Action: 'bedrock:InvokeModel', Resource: MODEL })],
    ],
  },
  'models-named': {
    broken: [
      [policy({ Action: 'bedrock:InvokeModel', Resource: '*', Condition: GUARDED })],
      [
        policy({
          Action: 'bedrock:InvokeModel',
          Resource: ['arn:aws:bedrock:us-east-1::foundation-model/*'],
        }),
      ],
    ],
    kept: [
      [policy({ Action: 'bedrock:InvokeModel', Resource: MODEL })],
      [policy({ Action: 's3:*', Resource: '*' })],
    ],
  },
  'actions-named': {
    broken: [
      [policy({ Action: ['bedrock:*'], Resource: MODEL })],
      [
        aws('IAM::Role', {
          Policies: [{ PolicyDocument: { Statement: { Effect: 'Allow', Action: '*', Resource: '*' } } }],
        }),
      ],
    ],
    kept: [[policy({ Action: ['aoss:APIAccessAll'], Resource: 'arn:aws:aoss:a' })]],
  },
  'no-full-access-policies': {
    broken: [[aws('IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonBedrockFullAccess'] })]],
    kept: [[aws('IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonEKSWorkerNodePolicy'] })]],
  },
  'guardrail-filters': {
    broken: [
      [guardrail({})],
      [guardrail({ ContentPolicyConfig: { FiltersConfig: filters('PROMPT_ATTACK') } })],
      [
        guardrail({
          ContentPolicyConfig: {
            FiltersConfig: [
              ...filters('HATE'),
              { Type: 'HATE', InputStrength: 'HIGH', OutputStrength: 'NONE' },
            ],
          },
        }),
      ],
    ],
    kept: [[guardrail({ ContentPolicyConfig: { FiltersConfig: filters() } })]],
  },
  'guardrail-personal-data': {
    broken: [
      [guardrail({})],
      [
        guardrail({
          SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'EMAIL', Action: 'NONE' }] },
        }),
      ],
    ],
    kept: [
      [
        guardrail({
          SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'EMAIL', Action: 'BLOCK' }] },
        }),
      ],
    ],
  },
  'guardrail-version': {
    broken: [[guardrail({})]],
    kept: [
      [
        guardrail({}),
        aws(
          'Bedrock::GuardrailVersion',
          { GuardrailIdentifier: new ReferenceTo('guardrail', 'GuardrailId') },
          'b',
        ),
      ],
    ],
  },
  'guardrail-key': {
    broken: [[guardrail({})]],
    kept: [[guardrail({ KmsKeyArn: new ReferenceTo('key', 'Arn') })]],
  },
  'no-anonymous-entry': {
    broken: [
      [aws('BedrockAgentCore::Gateway', { AuthorizerType: 'NONE' })],
      [aws('Lambda::Url', { AuthType: 'NONE' })],
      [aws('ApiGatewayV2::Route', {})],
    ],
    kept: [
      [aws('BedrockAgentCore::Gateway', { AuthorizerType: 'CUSTOM_JWT' })],
      [aws('ApiGateway::Method', { AuthorizationType: 'NONE', HttpMethod: 'OPTIONS' })],
    ],
  },
  'cluster-private': {
    broken: [
      [cluster({})],
      [cluster({ ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs: ['0.0.0.0/0'] } })],
    ],
    kept: [
      [cluster({ ResourcesVpcConfig: { EndpointPublicAccess: false } })],
      [
        cluster({
          ResourcesVpcConfig: { EndpointPublicAccess: true, PublicAccessCidrs: ['198.51.100.0/24'] },
        }),
      ],
    ],
  },
  'endpoint-network': {
    broken: [[sagemakerModel({})]],
    kept: [
      [sagemakerModel({}, { EnableNetworkIsolation: true })],
      [sagemakerModel({}, { VpcConfig: { Subnets: ['a'] } })],
    ],
  },
  'store-private': {
    broken: [[network([{ AllowFromPublic: true }])], [network([{ AllowFromPublic: false }])], [domain({})]],
    kept: [
      [network([{ AllowFromPublic: false, SourceVPCEs: ['vpce-1'] }])],
      [domain({ VPCOptions: { SubnetIds: ['a'] } })],
    ],
  },
  'store-encrypted': {
    broken: [
      [encryption({ AWSOwnedKey: true })],
      [aws('OpenSearchServerless::Collection', { Name: 'a' })],
      [domain({ EncryptionAtRestOptions: { Enabled: true } })],
      [aws('RDS::DBCluster', { StorageEncrypted: true })],
      [aws('S3Vectors::VectorBucket', {})],
    ],
    kept: [
      [
        aws('OpenSearchServerless::Collection', { Name: 'a' }),
        encryption({ KmsARN: 'arn', Rules: [{ ResourceType: 'collection', Resource: ['collection/a'] }] }),
      ],
      [
        domain({
          EncryptionAtRestOptions: { Enabled: true, KmsKeyId: 'a' },
          NodeToNodeEncryptionOptions: { Enabled: true },
          DomainEndpointOptions: { EnforceHTTPS: true },
        }),
      ],
      [aws('RDS::DBCluster', { StorageEncrypted: true, KmsKeyId: new ReferenceTo('key', 'Arn') })],
      [aws('S3Vectors::VectorBucket', { EncryptionConfiguration: { KmsKeyArn: 'arn' } })],
    ],
  },
  'store-access-named': {
    broken: [
      [access({ Principal: ['*'], Rules: [] })],
      [access({ Principal: ['arn:aws:iam::1:role/a'], Rules: [{ Permission: ['aoss:*'] }] })],
      [
        domain({
          AccessPolicies: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:*' }] },
        }),
      ],
    ],
    kept: [
      [access({ Principal: ['arn:aws:iam::1:role/a'], Rules: [{ Permission: ['aoss:ReadDocument'] }] })],
      [
        domain({
          AccessPolicies: { Statement: [{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::1:root' } }] },
        }),
      ],
    ],
  },
  'logs-kept-for-a-time': {
    broken: [[aws('Logs::LogGroup', {})], [aws('Logs::LogGroup', { RetentionInDays: 90 })]],
    kept: [[aws('Logs::LogGroup', { RetentionInDays: 365 })]],
  },
  'cluster-secrets-encrypted': {
    broken: [[cluster({})]],
    kept: [[cluster({ EncryptionConfig: [{ Provider: { KeyArn: new ReferenceTo('key', 'Arn') } }] })]],
  },
  'cluster-audited': {
    broken: [[cluster({ Logging: { ClusterLogging: { EnabledTypes: [{ Type: 'api' }] } } })]],
    kept: [
      [
        cluster({
          Logging: {
            ClusterLogging: {
              EnabledTypes: ['api', 'audit', 'authenticator', 'controllerManager', 'scheduler'].map(
                (Type) => ({ Type }),
              ),
            },
          },
        }),
      ],
    ],
  },
  'node-credentials-guarded': {
    broken: [
      [aws('EC2::LaunchTemplate', {})],
      [
        aws('EC2::LaunchTemplate', {
          LaunchTemplateData: { MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 2 } },
        }),
      ],
      [
        aws('EC2::LaunchTemplate', {
          LaunchTemplateData: {
            MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
            BlockDeviceMappings: [{ Ebs: { VolumeSize: 100 } }],
          },
        }),
      ],
    ],
    kept: [
      [
        aws('EC2::LaunchTemplate', {
          LaunchTemplateData: {
            MetadataOptions: { HttpTokens: 'required', HttpPutResponseHopLimit: 1 },
            BlockDeviceMappings: [{ Ebs: { VolumeSize: 100, Encrypted: true } }],
          },
        }),
      ],
    ],
  },
  'identity-of-one-workload': {
    broken: [[identity('a', 'role'), identity('b', 'role')]],
    kept: [[identity('a', 'role'), identity('b', 'other')]],
  },
  'cost-tags': {
    broken: [[aws('SageMaker::Endpoint', {})], [cluster({ Tags: { 'landfall:environment': 'a' } })]],
    kept: [
      [aws('SageMaker::Endpoint', { Tags: COST_TAGS })],
      [cluster({ Tags: Object.fromEntries(COST_TAGS.map(({ Key, Value }) => [Key, Value])) })],
    ],
  },
};
