import {
  Aws,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_kms as kms,
  aws_opensearchserverless as aoss,
  RemovalPolicy,
  Stack,
} from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { boundedName } from '#constructs/aws/bounded-name';
import { privateSubnets, type BuiltNetwork } from '#constructs/aws/network';
import type { StoreSlice } from '#constructs/aws/vector-stores/store-slice';

/** Name of the index that holds the chunks. */
const INDEX = 'chunks';

/** Longest name of a collection and of its policies. */
const NAME_LENGTH = 32;

/** A vector collection reached from the VPC only, with its index. */
export class OpenSearchServerlessStore extends Construct {
  /** Escape hatch: the L1, for whatever the props leave out. */
  public readonly resource: aoss.CfnCollection;
  public readonly index: aoss.CfnIndex;
  /** What reads and writes the index. */
  public readonly accessRole: iam.Role;

  public constructor(scope: Construct, id: string, slice: StoreSlice) {
    super(scope, id);
    const name = boundedName(slice.names, NAME_LENGTH);
    const key = new kms.Key(this, 'Key', {
      description: `Vectors of ${name}`,
      enableKeyRotation: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
    this.accessRole = new iam.Role(this, 'AccessRole', {
      assumedBy: new iam.AccountRootPrincipal(),
      description: 'Reads and writes the vectors',
    });
    this.resource = new aoss.CfnCollection(this, 'Resource', {
      name,
      type: 'VECTORSEARCH',
      // One copy is what a single set of capacity units pays for.
      standbyReplicas: slice.retrieval.copies > 1 ? 'ENABLED' : 'DISABLED',
      description: 'Chunks with their vectors',
    });
    this.resource.applyRemovalPolicy(RemovalPolicy.RETAIN);
    const policies = this.policies(name, key, this.endpoint(name, slice.network()));
    for (const policy of policies) this.resource.node.addDependency(policy);
    // The role is named by a policy that must stand before the collection, whose address this one has: it joins later.
    new iam.ManagedPolicy(this, 'AccessPolicy', {
      description: 'Reaches this collection and no other',
      roles: [this.accessRole],
      statements: [
        new iam.PolicyStatement({ actions: ['aoss:APIAccessAll'], resources: [this.resource.attrArn] }),
      ],
    });
    this.index = this.vectors(slice);
    // Without the data access policy the index is refused.
    for (const policy of policies) this.index.node.addDependency(policy);
  }

  private endpoint(name: string, { vpc, cidr }: BuiltNetwork): aoss.CfnVpcEndpoint {
    const group = new ec2.SecurityGroup(this, 'SecurityGroup', {
      vpc,
      description: 'HTTPS from the VPC to the collection',
      allowAllOutbound: false,
    });
    group.addIngressRule(ec2.Peer.ipv4(cidr), ec2.Port.HTTPS, 'HTTPS from the VPC');
    return new aoss.CfnVpcEndpoint(this, 'Endpoint', {
      name,
      vpcId: vpc.vpcId,
      subnetIds: privateSubnets(vpc).map(({ subnetId }) => subnetId),
      securityGroupIds: [group.securityGroupId],
    });
  }

  private policies(name: string, key: kms.Key, endpoint: aoss.CfnVpcEndpoint): Construct[] {
    const collection = { ResourceType: 'collection', Resource: [`collection/${name}`] };
    const stack = Stack.of(this);
    const text = (policy: object) => stack.toJsonString(policy);
    const encryption = new aoss.CfnSecurityPolicy(this, 'Encryption', {
      name,
      type: 'encryption',
      policy: text({ Rules: [collection], KmsARN: key.keyArn }),
    });
    const network = new aoss.CfnSecurityPolicy(this, 'NetworkAccess', {
      name,
      type: 'network',
      policy: text([{ Rules: [collection], AllowFromPublic: false, SourceVPCEs: [endpoint.attrId] }]),
    });
    const access = new aoss.CfnAccessPolicy(this, 'DataAccess', {
      name,
      type: 'data',
      policy: text([
        {
          Rules: [
            { ...collection, Permission: ['aoss:DescribeCollectionItems'] },
            { ResourceType: 'index', Resource: [`index/${name}/*`], Permission: INDEX_PERMISSIONS },
          ],
          Principal: [this.accessRole.roleArn, this.deployer()],
        },
      ]),
    });
    return [encryption, network, access];
  }

  /** CloudFormation makes the index with the role that deploys, which must be let in like any other. */
  private deployer(): string {
    const qualifier: string = this.node.tryGetContext('@aws-cdk/core:bootstrapQualifier') ?? 'hnb659fds';
    const role = `cdk-${qualifier}-cfn-exec-role-${Aws.ACCOUNT_ID}-${Stack.of(this).region}`;
    return `arn:${Aws.PARTITION}:iam::${Aws.ACCOUNT_ID}:role/${role}`;
  }

  private vectors({ retrieval }: StoreSlice): aoss.CfnIndex {
    return new aoss.CfnIndex(this, 'Index', {
      collectionEndpoint: this.resource.attrCollectionEndpoint,
      indexName: INDEX,
      settings: { index: { knn: true } },
      mappings: {
        properties: {
          vector: {
            type: 'knn_vector',
            dimension: retrieval.dimensions,
            method: {
              name: 'hnsw',
              engine: 'faiss',
              spaceType: 'l2',
              parameters: { m: 16, efConstruction: 512 },
            },
          },
          text: { type: 'text' },
          metadata: { type: 'text', index: false },
        },
      },
    });
  }
}

const INDEX_PERMISSIONS = [
  'aoss:CreateIndex',
  'aoss:DescribeIndex',
  'aoss:UpdateIndex',
  'aoss:ReadDocument',
  'aoss:WriteDocument',
];
