import {
  Aws,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kms as kms,
  aws_opensearchservice as opensearch,
  RemovalPolicy,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import { privateSubnets } from '#constructs/aws/network';
import type { StoreSlice } from '#constructs/aws/vector-stores/store-slice';

const NAME_LENGTH = 28;
const ENGINE_VERSION = '3.3';

/** A managed OpenSearch domain inside the VPC, sized by the plan. */
export class OpenSearchDomainStore extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: opensearch.CfnDomain;

  public constructor(scope: Construct, id: string, slice: StoreSlice) {
    super(scope, id);
    const vpc = slice.vpc();
    const { nodes } = slice.retrieval.sizing;
    if (nodes?.instanceType === undefined) throw new Error('the sizing of a domain names an instance type');
    const name = boundedName(slice.names, NAME_LENGTH);
    const key = new kms.Key(this, 'Key', {
      description: `Vectors of ${name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    const zones = Math.min(nodes.count, slice.retrieval.copies, 3, vpc.availabilityZones.length);
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
        securityGroupIds: [this.securityGroup(vpc).securityGroupId],
      },
      accessPolicies: this.access(name, slice.region).toJSON(),
    });
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
  }

  private securityGroup(vpc: ec2.IVpc): ec2.SecurityGroup {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'HTTPS from the VPC to the domain',
      allowAllOutbound: false,
    });
    group.addIngressRule(ec2.Peer.ipv4(vpc.vpcCidrBlock), ec2.Port.HTTPS, 'HTTPS from the VPC');
    return group;
  }

  /** Signed requests of this account, whose own policies decide who. */
  private access(name: string, region: string): iam.PolicyDocument {
    return new iam.PolicyDocument({
      statements: [
        new iam.PolicyStatement({
          actions: ['es:ESHttp*'],
          principals: [new iam.AccountRootPrincipal()],
          resources: [`arn:${Aws.PARTITION}:es:${region}:${Aws.ACCOUNT_ID}:domain/${name}/*`],
        }),
      ],
    });
  }
}
