import { aws_ec2 as ec2, Fn, Lazy, Stack } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { nodeUserData } from '#constructs/aws/eks/node-user-data';
import type { NodePool } from '#lib/plan/plan';

/** Root device of Amazon Linux 2023. */
const ROOT_DEVICE = '/dev/xvda';
/** What a node brings along: EKS hands the tags of a node group to neither, and bills are split by tags. */
const TAGGED = ['instance', 'volume'] as const;

export interface NodeLaunchTemplateProps {
  readonly pool: NodePool;
  /** Interfaces for EFA; the ordinary one without them. */
  readonly networkInterfaces?: readonly ec2.CfnLaunchTemplate.NetworkInterfaceProperty[];
}

/** Launch template of a managed node group: encrypted disk, metadata service for the node alone. */
export function nodeLaunchTemplate(
  scope: Construct,
  id: string,
  { pool, networkInterfaces }: NodeLaunchTemplateProps,
): ec2.CfnLaunchTemplate {
  const userData = nodeUserData(pool);
  return new ec2.CfnLaunchTemplate(scope, id, {
    launchTemplateData: {
      blockDeviceMappings: [
        {
          deviceName: ROOT_DEVICE,
          ebs: {
            volumeType: 'gp3',
            volumeSize: pool.rootDiskGib,
            encrypted: true,
            deleteOnTermination: true,
          },
        },
      ],
      // One hop: a pod on the pod network cannot reach the node's credentials.
      metadataOptions: { httpTokens: 'required', httpPutResponseHopLimit: 1, httpEndpoint: 'enabled' },
      tagSpecifications: Lazy.any({ produce: () => tagSpecifications(scope) }),
      ...(networkInterfaces === undefined ? {} : { networkInterfaces: [...networkInterfaces] }),
      ...(userData === null ? {} : { userData: Fn.base64(userData) }),
    },
  });
}

/** The tags of the stack, which gets them after its constructs; nothing where it has none. */
function tagSpecifications(scope: Construct) {
  const tags = Object.entries(Stack.of(scope).tags.tagValues()).map(([key, value]) => ({ key, value }));
  return tags.length === 0 ? undefined : TAGGED.map((resourceType) => ({ resourceType, tags }));
}
