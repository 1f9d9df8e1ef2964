import { App, aws_s3vectors as s3vectors, Stack } from 'aws-cdk-lib';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { everyKindOfStack } from '../_support/every-aws-stack';

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

describe('the validator of the CDK', () => {
  it('sees every kind of stack that AWS targets have', () => {
    const app = new App({ builtinCloudFormationValidation: false });
    everyKindOfStack(app);
    const stacks = app.node.findAll().filter((node) => Stack.isStack(node));
    expect(new Set(stacks.map(({ node }) => node.id))).toEqual(
      new Set(['Network', 'Cluster', 'Serving', 'Retrieval']),
    );
    expect(stacks.length).toBe(4 + 1 + 3 + 2 * 3 + 3 * 3 + 2);
  });

  it('finds no error in any of them', () => {
    expect(validated(true, everyKindOfStack)).not.toMatch(ERROR);
  });

  it('leaves nobody a warning to read: each is acknowledged with a reason', () => {
    const report = validated(true, everyKindOfStack);
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
