import { App, aws_s3vectors as s3vectors, Stack } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { STORE_BUILDERS } from '#constructs/aws/vector-stores/builders';
import { bedrockStacks } from '#stacks/aws/bedrock-stacks';
import { eksStacks } from '#stacks/aws/eks-stacks';
import { sagemakerStacks } from '#stacks/aws/sagemaker-stacks';
import { awsPlan, bedrockPlan, gpuPool, retrieval, sagemakerPlan, serving } from '../_support/aws-plan';
import { OFFICE_HOURS, scalingPlan } from '../_support/scaling-plan';

let before: string | undefined;
beforeAll(() => {
  before = process.env['CDK_VALIDATION'];
  delete process.env['CDK_VALIDATION'];
});
afterAll(() => {
  process.env['CDK_VALIDATION'] = before;
});

/** The report of a synth; with `strict`, as users have it, an error ends the synth. */
function validated(strict: boolean, build: (app: App) => void): string {
  const app = new App({
    builtinCloudFormationValidation: true,
    context: { '@aws-cdk/core:validateAgainstDefaultRules': strict },
  });
  build(app);
  const { directory } = app.synth();
  return readFileSync(join(directory, 'validation-report.json'), 'utf8');
}

const ERROR = /"severity":\s*"(error|fatal)"/i;

/** The name of an index has three characters at least: the compiler cannot know. */
function tooShortName(app: App): void {
  new s3vectors.CfnIndex(new Stack(app, 'Bad'), 'Index', {
    vectorBucketName: 'vectors',
    indexName: 'ab',
    dataType: 'float32',
    dimension: 1024,
    distanceMetric: 'cosine',
  });
}

function everyStack(app: App): void {
  eksStacks(
    new Construct(app, 'eks'),
    awsPlan({ retrieval: { ...retrieval('qdrant'), runsOn: 'kubernetes', nodePool: 'cpu' } }),
  );
  sagemakerStacks(new Construct(app, 'sagemaker'), sagemakerPlan());
  for (const policy of ['autoscaled', 'scheduled', 'scale-to-zero'] as const) {
    const schedule = policy === 'scheduled' ? OFFICE_HOURS : null;
    const least = policy === 'scale-to-zero' ? 0 : 1;
    const changes = {
      option: policy,
      scaling: scalingPlan({ policy, schedule }),
      serving: { ...serving, replicas: { ...serving.replicas, min: least } },
      nodePools: [{ ...gpuPool, nodes: { min: least, desired: 2, max: 3 } }],
    };
    sagemakerStacks(new Construct(app, `sagemaker-${policy}`), sagemakerPlan(changes));
    if (least > 0) eksStacks(new Construct(app, `eks-${policy}`), awsPlan(changes));
  }
  for (const store of Object.keys(STORE_BUILDERS)) {
    bedrockStacks(new Construct(app, store), bedrockPlan({ option: store, retrieval: retrieval(store) }));
  }
}

describe('the validator of the CDK', () => {
  it('sees every kind of stack that AWS targets have', () => {
    const app = new App({ builtinCloudFormationValidation: false });
    everyStack(app);
    const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
    expect(new Set(stacks.map(({ node }) => node.id))).toEqual(
      new Set(['Network', 'Cluster', 'Serving', 'Retrieval']),
    );
    expect(stacks.length).toBe(4 + 1 + 3 + 2 * 3 + 3 * 3 + 2);
  });

  it('finds no error in any of them', () => {
    expect(validated(true, everyStack)).not.toMatch(ERROR);
  });

  it('leaves nobody a warning to read: each is acknowledged with a reason', () => {
    const report = validated(true, everyStack);
    expect(report).toContain('W3010');
    expect(JSON.parse(report)).toMatchObject({ pluginReports: [{ violations: [] }] });
  });

  it('reports a property that the service would refuse', () => {
    const report = validated(false, tooShortName);
    expect(report).toContain('IndexName');
  });

  it('ends the synth of such a template in strict mode', () => {
    expect(() => validated(true, tooShortName)).toThrow(/[Vv]alidation/);
  });
});
