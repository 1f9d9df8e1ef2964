import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import { fieldsOf, isFalse, isTrue, isWritten, textOf, textsOf, valueOf } from '#lib/policy/values';

/** Where each kind of door says who may come in. */
const DOORS: Readonly<Record<string, string>> = {
  'AWS::ApiGateway::Method': 'AuthorizationType',
  'AWS::ApiGatewayV2::Route': 'AuthorizationType',
  'AWS::BedrockAgentCore::Gateway': 'AuthorizerType',
  'AWS::Lambda::Url': 'AuthType',
};
const INTERNAL = /load-?balancer.*(?:internal|scheme|type)/i;

export const ENTRIES: readonly PolicyRule[] = [
  {
    id: 'no-anonymous-entry',
    title: 'Nobody calls a gateway, a route or a function without saying who they are',
    severity: 'error',
    rationale: 'An open door to a model is found within hours, and its tokens are paid by its owner.',
    fix: 'set an authorizer: IAM, a token, or a gateway in front',
    owaspLlm: ['LLM06', 'LLM03'],
    aisvs: ['5.2.1', '12.2.5'],
    breaches: ofEach(Object.keys(DOORS), (door) => {
      const kind = textOf(valueOf(door, DOORS[door.type] ?? '')) ?? 'NONE';
      // A preflight request of a browser carries no credentials by definition.
      const isPreflight = textOf(valueOf(door, 'HttpMethod')) === 'OPTIONS';
      return unless(kind !== 'NONE' || isPreflight, 'lets in anybody');
    }),
  },
  {
    id: 'server-not-public',
    title: 'No model server, store or balancer has an address on the internet',
    severity: 'error',
    rationale:
      'Model servers and stores guard few of their paths: a public address is access to all of them.',
    fix: 'use a Service of type ClusterIP, or an internal balancer, behind a gateway',
    owaspLlm: ['LLM02', 'LLM06'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) => [
      ...ofEach(['v1/Service'], (service) => {
        const type = textOf(valueOf(service, 'spec.type')) ?? 'ClusterIP';
        const marks = Object.entries(fieldsOf(valueOf(service, 'metadata.annotations')));
        const isInternal = marks.some(
          ([key, value]) => INTERNAL.test(key) && /^(?:internal|true)$/i.test(textOf(value) ?? ''),
        );
        return [
          ...unless(type !== 'NodePort', 'is open on every node'),
          ...unless(type !== 'LoadBalancer' || isInternal, 'has a public balancer'),
          ...unless(!isWritten(valueOf(service, 'spec.externalIPs')), 'has external addresses'),
        ];
      })(infrastructure),
      ...ofEach(['AWS::ElasticLoadBalancingV2::LoadBalancer'], (balancer) =>
        unless(textOf(valueOf(balancer, 'Scheme')) === 'internal', 'faces the internet'),
      )(infrastructure),
      ...ofEach(['AWS::RDS::DBInstance'], (instance) =>
        unless(!isTrue(valueOf(instance, 'PubliclyAccessible')), 'has a public address'),
      )(infrastructure),
    ],
  },
  {
    id: 'cluster-private',
    title: 'The API of the cluster is reached from its network, or from named addresses',
    severity: 'error',
    rationale: 'Whoever reaches the API with a leaked token owns the models, their weights and every secret.',
    fix: 'set `EndpointPublicAccess: false`, or name addresses in `PublicAccessCidrs`',
    owaspLlm: ['LLM03'],
    aisvs: ['5.2.1'],
    breaches: ofEach(['AWS::EKS::Cluster'], (cluster) => {
      const access = fieldsOf(valueOf(cluster, 'ResourcesVpcConfig'));
      const named = textsOf(access['PublicAccessCidrs']);
      const isNamed = named.length > 0 && !named.some((cidr) => cidr.endsWith('/0'));
      return unless(isFalse(access['EndpointPublicAccess']) || isNamed, 'has a public endpoint');
    }),
  },
  {
    id: 'endpoint-network',
    title: 'A model container runs in a network of yours, or without any',
    severity: 'warning',
    rationale: 'In the network of the provider nobody sees or limits what the container sends away.',
    fix: 'set `VpcConfig` with a narrow security group, or `EnableNetworkIsolation` with weights in S3',
    owaspLlm: ['LLM02', 'LLM04'],
    aisvs: ['4.1.1', '4.3.3'],
    breaches: ofEach(['AWS::SageMaker::Model'], (model, infrastructure) => {
      const isIsolated = isTrue(valueOf(model, 'EnableNetworkIsolation'));
      // With inference components the network stands in the configuration.
      const configured = infrastructure
        .ofType('AWS::SageMaker::EndpointConfig')
        .some((configuration) => isWritten(valueOf(configuration, 'VpcConfig')));
      return unless(
        isIsolated || isWritten(valueOf(model, 'VpcConfig')) || configured,
        'reaches anything from the network of the provider',
      );
    }),
  },
];
