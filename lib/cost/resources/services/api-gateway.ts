import { aws, components, free, standing, used, type ResourcePricing } from '#lib/cost/resources/component';
import { textAt } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

const rest = byUse(
  ['AWS::ApiGateway::RestApi', 'AWS::Serverless::Api', 'aws_api_gateway_rest_api'],
  'apigateway',
  'network',
  [['requests', 'REST requests', 'REST requests first 333M', '1M requests']],
);

const version2: ResourcePricing = {
  types: ['AWS::ApiGatewayV2::Api', 'AWS::Serverless::HttpApi', 'aws_apigatewayv2_api'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('apigateway', sku, unit, context);
    if (textAt(resource, 'ProtocolType') === 'WEBSOCKET') {
      return components(
        used('messages', 'WebSocket messages', price('WebSocket messages first 1B', '1M messages')),
        used('connections', 'minutes of WebSocket connections', price('WebSocket connections', '1M minutes')),
      );
    }
    return components(used('requests', 'HTTP requests', price('HTTP requests first 300M', '1M requests')));
  },
};

const stage: ResourcePricing = {
  types: ['AWS::ApiGateway::Stage', 'aws_api_gateway_stage'],
  cost: (resource, context) => {
    const size = textAt(resource, 'CacheClusterSize');
    if (size === undefined) return free('requests are billed with the API');
    return components(
      standing(
        'cache',
        `cache of ${size} GB`,
        aws('apigateway', `Cache ${size} GB`, 'hour', context),
        'network',
        context,
      ),
    );
  },
};

const definitions = freeOf('part of an API, whose requests are billed', [
  'AWS::ApiGateway::Account',
  'AWS::ApiGateway::ApiKey',
  'AWS::ApiGateway::Authorizer',
  'AWS::ApiGateway::BasePathMapping',
  'AWS::ApiGateway::BasePathMappingV2',
  'AWS::ApiGateway::ClientCertificate',
  'AWS::ApiGateway::Deployment',
  'AWS::ApiGateway::DocumentationPart',
  'AWS::ApiGateway::DocumentationVersion',
  'AWS::ApiGateway::DomainName',
  'AWS::ApiGateway::DomainNameAccessAssociation',
  'AWS::ApiGateway::DomainNameV2',
  'AWS::ApiGateway::GatewayResponse',
  'AWS::ApiGateway::Method',
  'AWS::ApiGateway::Model',
  'AWS::ApiGateway::RequestValidator',
  'AWS::ApiGateway::Resource',
  'AWS::ApiGateway::UsagePlan',
  'AWS::ApiGateway::UsagePlanKey',
  'AWS::ApiGateway::VpcLink',
  'AWS::ApiGatewayV2::*',
  'aws_api_gateway_*',
  'aws_apigatewayv2_*',
]);

/** Requests to a GraphQL API; its resolvers run in functions and tables that are billed. */
const graph = byUse(
  ['AWS::AppSync::GraphQLApi', 'AWS::Serverless::GraphQLApi', 'aws_appsync_graphql_api'],
  'appsync',
  'network',
  [['requests', 'queries and mutations', 'Query and mutation operations', '1M requests']],
);
const events = byUse(['AWS::AppSync::Api', 'aws_appsync_api'], 'appsync', 'network', [
  ['requests', 'event operations', 'Event operations', '1M requests'],
]);
const graphDefinitions = freeOf('part of an API, whose requests are billed', [
  'AWS::AppSync::ApiKey',
  'AWS::AppSync::ChannelNamespace',
  'AWS::AppSync::DataSource',
  'AWS::AppSync::DomainName',
  'AWS::AppSync::DomainNameApiAssociation',
  'AWS::AppSync::FunctionConfiguration',
  'AWS::AppSync::GraphQLSchema',
  'AWS::AppSync::Resolver',
  'AWS::AppSync::SourceApiAssociation',
  'AWS::AppSync::Type',
  'aws_appsync_api_key',
  'aws_appsync_datasource',
  'aws_appsync_function',
  'aws_appsync_resolver',
]);

export const apiGateway: readonly ResourcePricing[] = [
  rest,
  version2,
  stage,
  definitions,
  graph,
  events,
  graphDefinitions,
];
