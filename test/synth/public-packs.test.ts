import {
  App,
  aws_ec2 as ec2,
  aws_iam as iam,
  aws_lambda as lambda,
  aws_s3 as s3,
  CfnResource,
  Stack,
} from 'aws-cdk-lib';
import { NagPack } from 'cdk-nag';
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import {
  everyKindOfStack,
  everyOtherPlan,
  everyShippedStack,
  resourcesOf,
} from '../_support/every-aws-stack';
import { expectGolden } from '../_support/golden';
import { acknowledgedIn, findingsOf, PACKS } from '../_support/public-packs';

const { context }: { readonly context: Record<string, unknown> } = JSON.parse(
  readFileSync('cdk.json', 'utf8'),
);
const app = new App({ context });
beforeAll(async () => {
  everyKindOfStack(app);
  everyOtherPlan(app);
  await everyShippedStack(app);
}, 120_000);

/** `Serving/Endpoint/Role` of `pilot-chat-sagemaker/Serving/Endpoint/Role`. */
const within = (path: string) => path.split('/').slice(1).join('/');

describe('five packs of cdk-nag over every stack, shipped or not', () => {
  it('are the five that we promise, over some thousand resources', () => {
    expect(PACKS.map(({ name }) => name)).toEqual([
      'AwsSolutions',
      'NIST.800.53.R5',
      'HIPAA.Security',
      'PCI.DSS.321',
      'Serverless',
    ]);
    expect(resourcesOf(app).length).toBeGreaterThan(1500);
  });

  it('find nothing that is not acknowledged', () => {
    expect(findingsOf(app)).toEqual([]);
  });

  it('find what is wrong with a stack that a beginner writes', () => {
    const careless = new App();
    const stack = new Stack(careless, 'Careless');
    new s3.Bucket(stack, 'Bucket');
    const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 1 });
    new ec2.SecurityGroup(stack, 'Group', { vpc }).addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.SSH);
    new lambda.CfnFunction(stack, 'Function', { code: {}, role: 'arn:aws:iam::111122223333:role/a' });
    new iam.Role(stack, 'Role', { assumedBy: new iam.AccountRootPrincipal() }).addToPolicy(
      new iam.PolicyStatement({ actions: ['s3:*'], resources: ['*'] }),
    );
    const rules = new Set(findingsOf(careless).map((finding) => finding.split(' ')[0]));
    for (const expected of [
      'AwsSolutions-S10',
      'AwsSolutions-EC23',
      'AwsSolutions-IAM5[Action::s3:*]',
      'NIST.800.53.R5-S3BucketVersioningEnabled',
      'HIPAA.Security-EC2RestrictedSSH',
      'PCI.DSS.321-IAMNoInlinePolicy',
      'Serverless-LambdaDLQ',
    ]) {
      expect(rules).toContain(expected);
    }
  });
});

describe('acknowledgements', () => {
  it('stand at the resource they are about, so that they excuse nothing else', () => {
    const others = acknowledgedIn(app).filter(({ on }) => !CfnResource.isCfnResource(on));
    expect(others.map(({ rule, on }) => `${rule} ${on.node.path}`)).toEqual([]);
  });

  it('each excuse a finding: without them, all and only those come back', () => {
    const acknowledged = new Set(
      acknowledgedIn(app)
        .filter(({ rule }) => !rule.startsWith('CloudFormation-Validate'))
        .map(({ rule, on }) => `${rule} ${on.node.path}`),
    );
    const blind = vi
      .spyOn(NagPack.prototype as unknown as { isAcknowledged: () => boolean }, 'isAcknowledged')
      .mockReturnValue(false);
    const found = new Set(findingsOf(app));
    blind.mockRestore();
    expect([...acknowledged].filter((each) => !found.has(each))).toEqual([]);
    expect([...found].filter((each) => !acknowledged.has(each))).toEqual([]);
  });

  it('are those on record, each with its reason', () => {
    const reasons = new Map<string, Set<string>>();
    for (const { rule, on, reason } of acknowledgedIn(app)) {
      expect(reason.length).toBeGreaterThan(40);
      const place = `${within(on.node.path)}\n  ${reason}`;
      reasons.set(place, (reasons.get(place) ?? new Set()).add(rule));
    }
    const text = [...reasons]
      .map(
        ([place, rules]) =>
          `${place}\n${[...rules]
            .toSorted()
            .map((rule) => `    ${rule}\n`)
            .join('')}`,
      )
      .toSorted()
      .join('\n');
    expectGolden('acknowledged-rules.txt', text);
  });
});
