import type { ResourcePricing } from '#lib/cost/resources/component';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

const SESSION = [
  ['cpu', 'active CPU', 'Runtime CPU (active only)', 'vCPU-hour'],
  ['memory', 'memory over the life of sessions', 'Runtime memory (session life)', 'GB-hour'],
] as const;

const runtime = byUse(
  ['AWS::BedrockAgentCore::Runtime', 'AWS::BedrockAgentCore::Harness', 'aws_bedrockagentcore_agent_runtime'],
  'bedrock-agentcore',
  'compute',
  SESSION,
);
/** The list gives browsers and code interpreters the rates of the runtime; each has a line of its own there. */
const tools = byUse(
  [
    'AWS::BedrockAgentCore::BrowserCustom',
    'AWS::BedrockAgentCore::CodeInterpreterCustom',
    'aws_bedrockagentcore_browser',
    'aws_bedrockagentcore_code_interpreter',
  ],
  'bedrock-agentcore',
  'compute',
  [
    ['cpu', 'active CPU of the tool', 'Tool CPU (active only)', 'vCPU-hour'],
    ['memory', 'memory of the tool over the life of sessions', 'Tool memory (session life)', 'GB-hour'],
  ],
);
const gateway = byUse(
  ['AWS::BedrockAgentCore::Gateway', 'aws_bedrockagentcore_gateway'],
  'bedrock-agentcore',
  'platform',
  [
    ['calls', 'calls of tools', 'Gateway API invocations', '1k requests'],
    ['searches', 'searches for tools', 'Gateway search', '1k requests'],
  ],
);
const memory = byUse(
  ['AWS::BedrockAgentCore::Memory', 'aws_bedrockagentcore_memory'],
  'bedrock-agentcore',
  'platform',
  [
    ['short-term', 'events kept', 'Memory short-term events', '1k requests'],
    ['retrievals', 'memories retrieved', 'Memory long-term retrieval', '1k requests'],
    ['records', 'memories kept over the month', 'Memory long-term storage', '1k records-month'],
  ],
);
const evaluation = byUse(['AWS::BedrockAgentCore::OnlineEvaluationConfig'], 'bedrock-agentcore', 'platform', [
  ['evaluations', 'evaluations', 'Evaluations', '1k requests'],
]);
const definitions = freeOf('part of an agent, whose sessions and calls are billed', [
  'AWS::BedrockAgentCore::ApiKeyCredentialProvider',
  'AWS::BedrockAgentCore::BrowserProfile',
  'AWS::BedrockAgentCore::ConfigurationBundle',
  'AWS::BedrockAgentCore::ConsentPortal',
  'AWS::BedrockAgentCore::Dataset',
  'AWS::BedrockAgentCore::Evaluator',
  'AWS::BedrockAgentCore::GatewayRateLimit',
  'AWS::BedrockAgentCore::GatewayRule',
  'AWS::BedrockAgentCore::GatewayTarget',
  'AWS::BedrockAgentCore::HarnessEndpoint',
  'AWS::BedrockAgentCore::OAuth2CredentialProvider',
  'AWS::BedrockAgentCore::Policy',
  'AWS::BedrockAgentCore::PolicyEngine',
  'AWS::BedrockAgentCore::ResourcePolicy',
  'AWS::BedrockAgentCore::RuntimeEndpoint',
  'AWS::BedrockAgentCore::WorkloadIdentity',
  'aws_bedrockagentcore_agent_runtime_endpoint',
  'aws_bedrockagentcore_api_key_credential_provider',
  'aws_bedrockagentcore_gateway_target',
  'aws_bedrockagentcore_memory_strategy',
  'aws_bedrockagentcore_oauth2_credential_provider',
  'aws_bedrockagentcore_workload_identity',
]);

export const agentCore: readonly ResourcePricing[] = [
  runtime,
  tools,
  gateway,
  memory,
  evaluation,
  definitions,
];
