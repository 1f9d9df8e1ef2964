import { fullAddress, type Change, type PlannedStack } from '#lib/lifecycle/change';
import type { LiveDanger } from '#lib/lifecycle/danger';
import { isStateful } from '#lib/lifecycle/stateful-types';

/** Types that hold accelerators or places for them: given back, they may not be had again. */
const CAPACITY =
  /^(?:AWS::EKS::Nodegroup|AWS::EC2::(?:CapacityReservation|CapacityReservationFleet|EC2Fleet|SpotFleet|Instance|Host)|AWS::AutoScaling::AutoScalingGroup|AWS::SageMaker::(?:Endpoint|InferenceComponent|Cluster)|AWS::Bedrock::ProvisionedModelThroughput|aws_eks_node_group|aws_ec2_capacity_reservation|aws_sagemaker_endpoint)$|^kubernetes_manifest:.*\/(?:BareMetalHost|Machine|MachineDeployment|MachineSet|Metal3Machine|Cluster)$/;

/** Types that answer requests: while they are made anew nobody does. */
const SERVING =
  /^(?:AWS::SageMaker::(?:Endpoint|InferenceComponent)|AWS::EKS::(?:Cluster|Nodegroup|Addon)|AWS::ElasticLoadBalancingV2::LoadBalancer|AWS::ECS::Service|AWS::Lambda::Function|AWS::ApiGateway(?:V2)?::.*|AWS::EC2::(?:VPC|Subnet|NatGateway)|kubernetes_(?:deployment|stateful_set|daemonset|daemon_set|service|ingress)(?:_v1)?)$|^kubernetes_manifest:.*\/(?:LeaderWorkerSet|Deployment|StatefulSet|DaemonSet|Service|Gateway|HTTPRoute)$/;

/** Types whose pods, containers or instances start anew when what they run changes. */
const RESTARTING =
  /^(?:AWS::SageMaker::(?:Endpoint|InferenceComponent)|AWS::EKS::Nodegroup|AWS::ECS::Service|kubernetes_(?:deployment|stateful_set|daemonset|daemon_set)(?:_v1)?|helm_release)$|^kubernetes_manifest:.*\/(?:LeaderWorkerSet|Deployment|StatefulSet|DaemonSet)$/;

/** What follows from the changes of a stack alone, whatever the values are. */
export function changeDangers(stack: Pick<PlannedStack, 'stack' | 'changes'>): LiveDanger[] {
  return stack.changes.flatMap((change) => {
    const [name, because] = gravest(change) ?? [];
    if (name === undefined || because === undefined) return [];
    return [{ class: name, address: fullAddress(stack, change), type: change.type, because }];
  });
}

function gravest({ type, action, keeps, isHalfMade }: Change): readonly [LiveDanger['class'], string] | null {
  const goes = action === 'delete' || action === 'replace' || action === 'may-replace';
  const what = { delete: 'deleted', replace: 'replaced', 'may-replace': 'perhaps replaced' };
  if (goes && isHalfMade !== true && isStateful(type))
    return ['data-loss', `${what[action]}, ${left(action, keeps)}`];
  if (goes && isHalfMade !== true && CAPACITY.test(type))
    return ['capacity-loss', `${what[action]}: what it holds may not be had again`];
  if (goes && SERVING.test(type))
    return ['downtime', `${what[action]}: nobody answers until the new one does`];
  if (action === 'replace' || action === 'may-replace') return ['replace', what[action]];
  if (action === 'update' && RESTARTING.test(type)) return ['restart', 'what it runs starts anew'];
  return null;
}

/** What is left of a stateful thing. A replacement begins empty even where the old one stays. */
function left(action: 'delete' | 'replace' | 'may-replace', keeps: Change['keeps']): string {
  if (keeps === 'snapshot') return 'a snapshot of it is kept';
  if (keeps === 'resource') return 'the old one stays outside of the stack, the new one begins empty';
  return action === 'delete' ? 'nothing of it is kept' : 'the new one begins empty';
}
