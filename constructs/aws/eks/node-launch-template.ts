import { aws_ec2 as ec2, Fn } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { NodePool } from '#lib/plan/plan';

/** Root device of Amazon Linux 2023. */
const ROOT_DEVICE = '/dev/xvda';

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
      monitoring: { enabled: true },
      ...(networkInterfaces === undefined ? {} : { networkInterfaces: [...networkInterfaces] }),
      ...(pool.localDiskGb > 0 ? { userData: Fn.base64(LOCAL_DISK_USER_DATA) } : {}),
    },
  });
}

/** Local NVMe as one RAID 0 volume under the kubelet and containerd: images and weights lie there. */
const LOCAL_DISK_USER_DATA = [
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary="NODE"',
  '',
  '--NODE',
  'Content-Type: application/node.eks.aws',
  '',
  'apiVersion: node.eks.aws/v1alpha1',
  'kind: NodeConfig',
  'spec:',
  '  instance:',
  '    localStorage:',
  '      strategy: RAID0',
  '',
  '--NODE--',
  '',
].join('\n');
