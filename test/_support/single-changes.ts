import { change, type Rest, type SingleChange } from './single-change';
import { STORE_CHANGES } from './store-changes';

const EKS = ['support', 'eks'] as const;
/** Else the cheapest nodes for another load may be others, which is more than one change. */
const PINNED: Rest = {
  given: [
    ['options.eks.instance', 'p5.4xlarge'],
    ['options.eks.serving.model', 'gpt-oss-120b'],
  ],
};
/** Throughput of three model units, by the hour. */
const UNITS: Rest = {
  given: [
    ['scenarios.support.models', ['nova-lite']],
    ['options.bedrock.inference', 'provisioned'],
    ['options.bedrock.modelUnits', 3],
  ],
};
const SCALE_EKS = ['scale', 'eks'] as const;
const SAGEMAKER = ['support', 'sagemaker'] as const;
const BEDROCK = ['support', 'bedrock'] as const;
const LEASED = ['support', 'leased'] as const;
const COLO = ['scale', 'colo'] as const;
const ROOM = ['support', 'self-built'] as const;

const peak = (mean: number, most: number) => ({ mean, peak: most });
const RATE = 'scenarios.support.traffic.requestsPerSecond';
const SCALE_RATE = 'scenarios.product.traffic.requestsPerSecond';

/**
 * Written from what is known of the platforms before the program was asked: a difference is a mistake of one of both.
 */
export const SINGLE_CHANGES: readonly SingleChange[] = [
  // Nodes of a cloud
  change(
    EKS,
    'options.eks.purchase',
    'spot',
    ['capacity-loss', 'replace', 'restart'],
    'AWS::EKS::Nodegroup CapacityType: replacement; pods are cut for the new nodes',
  ),
  change(EKS, 'options.eks.purchase', 'savings-plan-3y', ['commitment'], 'a plan pays for the same nodes'),
  change(
    EKS,
    'options.eks.purchase',
    'capacity-block',
    ['capacity-loss', 'commitment', 'replace', 'restart'],
    'prepaid; another capacity type',
  ),
  change(
    EKS,
    'options.eks.instance',
    'p5.48xlarge',
    ['capacity-loss', 'replace', 'restart'],
    'AWS::EKS::Nodegroup InstanceTypes: replacement; pods are cut for the new nodes',
  ),
  change(
    EKS,
    'options.eks.zones',
    3,
    ['capacity-loss', 'replace'],
    'AWS::EKS::Nodegroup Subnets: replacement',
  ),
  change(EKS, 'options.eks.nat', 'per-zone', ['in-place'], 'a gateway more'),
  change(
    EKS,
    'options.eks.kubernetesVersion',
    '1.36',
    ['restart'],
    'EKS moves on in place; nodes are drained',
  ),
  change(EKS, 'options.eks.kubernetesVersion', '1.34', ['replace'], 'EKS does not go back'),
  change(EKS, 'options.eks.nvidiaAiEnterprise', true, ['commitment'], 'paid for a year in advance'),
  change(EKS, 'options.eks.commitment', 'auto', ['commitment'], 'base load bought for a term'),
  change(EKS, 'options.eks.title', 'Another title', [], 'a title is for people'),
  change(EKS, RATE, peak(2.2, 12), ['in-place'], 'more of the same nodes', PINNED),
  change(SCALE_EKS, SCALE_RATE, peak(150, 300), ['capacity-loss'], 'nodes are given back; the plan goes on'),
  change(SCALE_EKS, SCALE_RATE, peak(400, 800), ['commitment'], 'more nodes under the savings plan'),
  change(SCALE_EKS, 'options.eks.purchase', 'on-demand', ['in-place'], 'nothing new is bound'),
  change(SCALE_EKS, 'options.eks.purchase', 'savings-plan-1y', ['commitment'], 'another plan'),
  change(
    ['portfolio', 'eks'],
    'options.eks.scaling',
    { policy: 'autoscaled' },
    ['capacity-loss'],
    'at night nodes are given back',
    { given: [['options.eks.instance', 'p5.4xlarge']] },
  ),
  // Model servers
  change(EKS, 'options.eks.serving.kvPrecision', 'fp8', ['restart'], 'an argument of the engine'),
  change(EKS, 'options.eks.serving.engine', { engine: 'sglang' }, ['restart'], 'another image', PINNED),
  change(EKS, 'options.eks.serving.prefill', { chunked: false }, ['restart'], 'an argument of the engine'),
  change(EKS, 'options.eks.imageRegistry', 'mirror.example', ['restart'], 'another image reference'),
  change(
    EKS,
    'options.eks.huggingFaceEndpoint',
    'https://hf-mirror.com',
    ['restart'],
    'a variable of the pod',
  ),
  change(EKS, 'scenarios.support.objectives.availability', 0.9999, ['in-place'], 'a spare more', PINNED),
  change(EKS, 'options.eks.growth', 'none', ['in-place'], 'nothing of today changes', PINNED),
  change(
    SAGEMAKER,
    'options.sagemaker.instance',
    'ml.p5.48xlarge',
    ['capacity-loss', 'replace', 'restart'],
    'another endpoint configuration, its instances, and a layout for eight GPUs',
  ),
  change(SAGEMAKER, 'options.sagemaker.serving.kvPrecision', 'fp8', ['restart'], 'blue and green: no gap'),
  change(
    LEASED,
    'options.leased.serving.kvPrecision',
    'fp8',
    ['restart'],
    'two replicas, one after the other',
    { given: [['scenarios.support.objectives.availability', 0.999]] },
  ),
  change(
    ['pilot', 'leased'],
    'options.leased.serving',
    { kvPrecision: 'fp8' },
    ['downtime', 'restart'],
    'the only replica goes before the next comes: maxSurge 0',
    { given: [['scenarios.assistant.objectives.availability', 0.5]] },
  ),
  change(BEDROCK, 'options.bedrock.guardrail', true, ['in-place'], 'filters are added'),
  change(BEDROCK, 'options.bedrock.guardrail', false, ['broadening'], 'filters are taken away', {
    given: [['options.bedrock.guardrail', true]],
  }),
  change(
    BEDROCK,
    'scenarios.support.models',
    ['qwen3-32b'],
    ['replace'],
    'AWS::Bedrock::ApplicationInferenceProfile ModelSource: replacement',
    { given: [['scenarios.support.models', ['gpt-oss-120b']]] },
  ),
  change(BEDROCK, 'options.bedrock.region', 'us-west-2', ['replace'], 'stacks of another region', {
    given: [['scenarios.support.models', ['gpt-oss-120b']]],
  }),
  change(
    BEDROCK,
    'options.bedrock.region',
    'eu-central-1',
    ['broadening', 'replace'],
    'data leaves the United States',
    { given: [['scenarios.support.models', ['gpt-oss-120b']]] },
  ),
  change(BEDROCK, RATE, peak(3, 8.5), ['in-place'], 'only the bill moves'),
  change(
    LEASED,
    'options.leased.gpu',
    'h200-sxm',
    ['capacity-loss', 'commitment', 'restart'],
    'another contract; pods choose nodes by product',
  ),
  change(
    LEASED,
    'options.leased.provider',
    'crusoe',
    ['capacity-loss'],
    'machines of somebody else, by the hour',
  ),
  change(
    LEASED,
    RATE,
    peak(12, 60),
    ['commitment', 'restart'],
    'more nodes under contract; replicas hold more requests at once',
  ),
  change(COLO, 'options.colo.contract', 'retail', ['in-place'], 'how power is billed'),
  change(COLO, SCALE_RATE, peak(150, 300), ['in-place'], 'own servers stay', {
    given: [['options.colo.server', 'hgx-b200']],
  }),
  change(COLO, SCALE_RATE, peak(400, 800), ['commitment'], 'more servers are bought'),
  change(ROOM, 'options.self-built.facility', 'new-build', ['commitment'], 'a building'),
  change(ROOM, 'options.self-built.powerRegion', 'eu', ['in-place'], 'a price'),
  change(
    BEDROCK,
    'options.bedrock.term',
    '6-months',
    ['commitment', 'replace'],
    'CommitmentDuration cannot be changed',
    UNITS,
  ),
  change(
    BEDROCK,
    'options.bedrock.modelUnits',
    4,
    ['replace'],
    'UpdateProvisionedModelThroughput changes no number of units',
    UNITS,
  ),
  change(
    BEDROCK,
    'options.bedrock.modelUnits',
    2,
    ['capacity-loss', 'replace'],
    'units are given back',
    UNITS,
  ),
  change(
    BEDROCK,
    'options.bedrock.inference',
    'on-demand',
    ['capacity-loss', 'replace'],
    'all units are given back',
    UNITS,
  ),
  ...STORE_CHANGES,
];
