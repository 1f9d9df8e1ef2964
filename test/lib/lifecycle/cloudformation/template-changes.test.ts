import { describe, expect, it } from 'vitest';
import { asGivenBack, templateChanges } from '#lib/lifecycle/cloudformation/template-changes';

const bucket = (more: object = {}) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName: 'a' }, ...more });

describe('changes from one template to another', () => {
  it('are all creations where nothing stands', () => {
    const changes = templateChanges(
      null,
      { Resources: { B: bucket(), A: bucket() }, Outputs: { Url: { Value: 'x' } } },
      new Map(),
    );
    expect(changes.map(({ address, action }) => [address, action])).toEqual([
      ['A', 'create'],
      ['B', 'create'],
      ['Outputs.Url', 'create'],
    ]);
  });

  it('tell by the policy of the template that stands whether what goes is kept', () => {
    const before = {
      Resources: {
        Kept: bucket({ DeletionPolicy: 'Retain' }),
        Snapped: { Type: 'AWS::RDS::DBInstance', DeletionPolicy: 'Snapshot' },
        Gone: bucket(),
      },
    };
    expect(templateChanges(before, { Resources: {} }, new Map())).toEqual([
      { address: 'Gone', type: 'AWS::S3::Bucket', action: 'delete', paths: [], keeps: null },
      { address: 'Kept', type: 'AWS::S3::Bucket', action: 'release', paths: [], keeps: 'resource' },
      { address: 'Snapped', type: 'AWS::RDS::DBInstance', action: 'delete', paths: [], keeps: 'snapshot' },
    ]);
  });

  it('take replacements from the model of types, and another type for one', () => {
    const before = { Resources: { A: bucket(), B: bucket(), C: bucket() } };
    const after = {
      Resources: {
        A: bucket({ Properties: { BucketName: 'b' } }),
        B: { Type: 'AWS::SQS::Queue' },
        C: bucket({ Metadata: { note: 1 } }),
      },
    };
    const changes = templateChanges(before, after, new Map([['A', 'replace'] as const]));
    expect(
      changes.map(({ address, action, paths }) => [address, action, paths.map(({ path }) => path)]),
    ).toEqual([
      ['A', 'replace', ['Properties.BucketName']],
      ['B', 'replace', ['Properties', 'Type']],
      ['C', 'update', ['Metadata']],
    ]);
  });

  it('see policies, conditions and parameters, which a comparison of properties alone does not', () => {
    const before = {
      Resources: { A: bucket({ DeletionPolicy: 'Retain' }) },
      Parameters: { P: { Default: 1 } },
    };
    const after = {
      Resources: { A: bucket({ DeletionPolicy: 'Delete' }) },
      Parameters: { P: { Default: 2 } },
    };
    expect(templateChanges(before, after, new Map()).map(({ address }) => address)).toEqual([
      'A',
      'Parameters.P',
    ]);
  });

  it('count nothing that CloudFormation only gives back otherwise', () => {
    const before = { Description: '?', Resources: { A: bucket() } };
    const after = { Description: '模', Resources: { A: bucket() } };
    expect(templateChanges(before, asGivenBack(after), new Map())).toEqual([]);
  });
});
