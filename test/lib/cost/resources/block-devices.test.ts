import { describe, expect, it } from 'vitest';
import { readJsonText } from '#lib/artifacts/json-text';
import { Unresolved } from '#lib/artifacts/resource';
import { readTerraformPlan } from '#lib/artifacts/terraform/read-plan';
import { ReferenceTo } from '#lib/artifacts/unresolved';
import { billLines, billOf, resourceOf } from '../../../_support/artifact-bills';

describe('an instance of Terraform', () => {
  it('is billed with the volumes of its root and data devices', () => {
    const values = {
      instance_type: 'm5.4xlarge',
      root_block_device: [{ volume_size: 50 }],
      ebs_block_device: [{ device_name: '/dev/sdb', volume_type: 'io1', volume_size: 1000, iops: 800 }],
    };
    const address = 'aws_instance.x';
    const plan = {
      format_version: '1.2',
      planned_values: {
        root_module: { resources: [{ address, mode: 'managed', type: 'aws_instance', name: 'x', values }] },
      },
    };
    const { planned } = readTerraformPlan(readJsonText('plan.json', JSON.stringify(plan)));
    // 50 GB at 0.10, 1,000 GB at 0.125 and 800 IOPS at 0.065 USD a month in us-east-1.
    expect(billLines(billOf(planned)).slice(1, 4)).toEqual([
      'gp2 root-volume | 50 | GB-month | 5 | priced',
      'io1 volume-1 | 1000 | GB-month | 125 | priced',
      'io1 volume-1-iops | 800 | IOPS-month | 52 | priced',
    ]);
  });

  it('has no volume of the usual image where the deployment decides what its own is', () => {
    const ebs = new Unresolved('variable disk');
    const template = resourceOf('AWS::EC2::LaunchTemplate', {
      LaunchTemplateData: { InstanceType: 'm5.large', BlockDeviceMappings: [{ Ebs: ebs }] },
    });
    const group = resourceOf(
      'AWS::AutoScaling::AutoScalingGroup',
      { MinSize: 1, LaunchTemplate: { LaunchTemplateId: new ReferenceTo('a', null) } },
      'group',
    );
    const [, line] = billOf([template, group]).lines;
    expect(line?.item).toMatchObject({ state: 'unpriced', basis: 'a part of it depends on variable disk' });
  });
});
