import {
  Aws,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kms as kms,
  aws_opensearchservice as opensearch,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { acknowledge } from '#constructs/aws/acknowledged';
import { boundedName } from '#constructs/aws/bounded-name';
import { privateSubnets, type BuiltNetwork } from '#constructs/aws/network';
import { domainLogs } from '#constructs/aws/vector-stores/domain-logs';
import type { StoreSlice } from '#constructs/aws/vector-stores/store-slice';

const NAME_LENGTH = 28;
const ENGINE_VERSION = '3.3';

/** A managed OpenSearch domain inside the VPC, sized by the plan. */
export class OpenSearchDomainStore extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: opensearch.CfnDomain;

  public constructor(scope: Construct, id: string, slice: StoreSlice) {
    super(scope, id);
    const network = slice.network();
    const { vpc } = network;
    const { nodes } = slice.retrieval.sizing;
    if (nodes?.instanceType === undefined) throw new Error('the sizing of a domain names an instance type');
    const name = boundedName(slice.names, NAME_LENGTH);
    const key = new kms.Key(this, 'Key', {
      description: `Vectors of ${name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const zones = Math.min(nodes.count, slice.retrieval.copies, 3, vpc.availabilityZones.length);
    const arn = `arn:${Aws.PARTITION}:es:${slice.region}:${Aws.ACCOUNT_ID}:domain/${name}`;
    const { publishing, permission } = domainLogs(this, key, arn);
    this.resource = new opensearch.CfnDomain(this, 'Resource', {
      domainName: name,
      engineVersion: `OpenSearch_${ENGINE_VERSION}`,
      clusterConfig: {
        instanceType: nodes.instanceType,
        instanceCount: nodes.count,
        zoneAwarenessEnabled: zones > 1,
        ...(zones > 1 ? { zoneAwarenessConfig: { availabilityZoneCount: zones } } : {}),
      },
      ebsOptions: { ebsEnabled: true, volumeType: 'gp3', volumeSize: Math.max(10, Math.ceil(nodes.diskGib)) },
      encryptionAtRestOptions: { enabled: true, kmsKeyId: key.keyId },
      nodeToNodeEncryptionOptions: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' },
      vpcOptions: {
        subnetIds: privateSubnets(vpc)
          .slice(0, zones)
          .map(({ subnetId }) => subnetId),
        securityGroupIds: [this.securityGroup(network).securityGroupId],
      },
      accessPolicies: this.access(arn).toJSON(),
      logPublishingOptions: publishing,
    });
    this.resource.node.addDependency(permission);
    acknowledge(
      this.resource,
      ['AwsSolutions-OS3'],
      'a domain in a VPC takes no policy by address: its security group lets in the VPC alone, and requests are signed',
    );
    acknowledge(
      this.resource,
      ['AwsSolutions-OS4'],
      'the plan buys data nodes, which elect their own leader: three nodes that do nothing else would cost more than a small index',
    );
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  private securityGroup({ vpc, cidr }: BuiltNetwork): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'HTTPS from the VPC to the domain',
      allowAllOutbound: false,
    });
    group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.HTTPS, 'HTTPS from the VPC');
    return group;
  }

  /** Signed requests of this account, whose own policies decide who. */
  private access(arn: string): iam.PolicyDocument {
    return new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: ['es:ESHttp*'],
          principals: [new iam.AccountRootPrincipal()],
          resources: [`${arn}/*`],
        }),
      ],
    });
  }
}
