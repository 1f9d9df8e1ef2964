import { withoutText } from '#lib/artifacts/source';
import { describe, expect, it } from 'vitest';
import { readJsonText } from '#lib/artifacts/json-text';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { readTerraformConfiguration } from '#lib/artifacts/terraform/read-configuration';
import { readTerraformPlan, type ReadPlan } from '#lib/artifacts/terraform/read-plan';
import { ReferenceTo } from '#lib/artifacts/unresolved';
import { memoryFiles } from '../memory-files';
import observed from './observed-plan.json';

function plan(root: unknown): ReadPlan {
  return readTerraformPlan(readJsonText('plan.json', JSON.stringify(root)));
}

/** Values that are not known yet all look the same. */
function known(value: ArtifactValue | undefined): unknown {
  if (value instanceof Unresolved) return 'open';
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, known(item)]));
}

// What `terraform show -json` of Terraform 1.11.4 printed for the files beside it.
describe('a plan of Terraform itself', () => {
  const { planned, changes } = plan(observed.plan);
  const configured = readTerraformConfiguration(memoryFiles(observed.files), 'root');
  const pairs = configured.map(
    (each) => [each, planned.find(({ address }) => address === each.address)] as const,
  );

  it('has the resources that the configuration gives', () => {
    expect(configured.map(({ address }) => address).toSorted()).toEqual(
      planned.map(({ address }) => address).toSorted(),
    );
  });

  // `first` is an entry of an argument that is a mapping: what the provider makes of it, only a plan knows.
  it('has the values that the configuration gives', () => {
    for (const [left, right] of pairs) {
      const [configuredInput, plannedInput] = [left, right].map((each) => known(each?.properties['input']));
      const { first: _, ...expected } = wrapped(plannedInput);
      const { first: open, ...input } = wrapped(configuredInput);
      expect({ address: left.address, input }).toEqual({ address: left.address, input: expected });
      expect([undefined, 'open']).toContain(open);
    }
  });

  it('has the references that the configuration gives', () => {
    expect(pairs.map(([left]) => left.references.toSorted())).toEqual(
      pairs.map(([, right]) => right?.references.toSorted()),
    );
  });

  it('follows an unknown value to the one resource that decides it, through a module', () => {
    const set = planned.find(({ address }) => address === 'terraform_data.set["x"]');
    expect(set?.properties['triggers_replace']).toEqual([
      new ReferenceTo('module.pool["a"].terraform_data.node[0]', null),
    ]);
  });

  it('says of each resource what the apply would do', () => {
    expect(new Set(changes.map(({ actions }) => actions.join()))).toEqual(new Set(['create']));
  });

  it('that deletes leaves out what will not stand, and shows what stands before', () => {
    const second = plan(observed.secondPlan);
    const deleted = second.changes.filter(({ actions }) => actions.includes('delete'));
    expect(deleted.map(({ address }) => address)).toEqual([
      'terraform_data.counted[1]',
      'terraform_data.set["y"]',
    ]);
    expect(second.planned).toHaveLength(9);
    expect(second.prior).toHaveLength(11);
  });
});

function wrapped(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : { value };
}

describe('a plan', () => {
  const aws = {
    format_version: '1.2',
    variables: { region: { value: 'eu-west-1' } },
    planned_values: {
      root_module: {
        resources: [
          {
            address: 'aws_vpc.x',
            mode: 'managed',
            type: 'aws_vpc',
            name: 'x',
            values: { cidr_block: '10.0.0.0/16' },
          },
          {
            address: 'aws_subnet.x',
            mode: 'managed',
            type: 'aws_subnet',
            name: 'x',
            values: { region: 'us-east-1' },
          },
          { address: 'data.aws_ami.x', mode: 'data', type: 'aws_ami', name: 'x', values: {} },
        ],
      },
    },
    resource_changes: [
      { address: 'aws_subnet.x', change: { actions: ['create'], after_unknown: { vpc_id: true } } },
    ],
    configuration: {
      provider_config: { aws: { name: 'aws', expressions: { region: { references: ['var.region'] } } } },
      root_module: {
        resources: [
          { type: 'aws_vpc', name: 'x', provider_config_key: 'aws', expressions: {} },
          {
            type: 'aws_subnet',
            name: 'x',
            provider_config_key: 'aws',
            expressions: { vpc_id: { references: ['aws_vpc.x.id', 'aws_vpc.x'] } },
          },
        ],
      },
    },
  };

  it('has the regions of its providers, and those of the resources before them', () => {
    expect(plan(aws).planned.map(({ address, region }) => [address, region])).toEqual([
      ['aws_vpc.x', 'eu-west-1'],
      ['aws_subnet.x', 'us-east-1'],
    ]);
  });

  it.each([
    ['left unset is unset, though the provider fills it in', {}, null],
    ['said by something unknown is open', { tenancy: { references: ['local.x'] } }, 'open'],
    ['said by a function is open', { tenancy: {} }, 'open'],
  ])('an attribute that the configuration %s', (_, expressions, expected) => {
    const { planned } = plan(newInstance({ type: 'aws_instance', name: 'x', expressions }));
    const value = planned[0]?.properties['tenancy'];
    expect(value instanceof Unresolved ? 'open' : value).toBe(expected);
  });

  it('leaves open what it shows no configuration of: an unknown resource, or a dynamic block', () => {
    const of = (declared: object) => plan(newInstance(declared)).planned[0]?.properties;
    expect(of({ type: 'aws_instance', name: 'other' })?.['tenancy']).toBeInstanceOf(Unresolved);
    const disks = of({ type: 'aws_instance', name: 'x', expressions: {} })?.['root_block_device'];
    expect(disks).toEqual([{ volume_size: 50, iops: expect.any(Unresolved) }]);
  });

  it('gives what only the apply decides as a reference', () => {
    expect(plan(aws).planned[1]?.properties['vpc_id']).toEqual(new ReferenceTo('aws_vpc.x', null));
  });

  it('calls what was moved by its address after the move, before and after it', () => {
    const gateway = (name: string) => ({
      root_module: {
        resources: [
          { address: `aws_nat_gateway.${name}`, mode: 'managed', type: 'aws_nat_gateway', name, values: {} },
        ],
      },
    });
    const { prior, planned } = readTerraformPlan({
      root: {
        format_version: '1.2',
        planned_values: gateway('new'),
        prior_state: { values: gateway('old') },
        resource_changes: [
          {
            address: 'aws_nat_gateway.new',
            previous_address: 'aws_nat_gateway.old',
            mode: 'managed',
            change: { actions: ['no-op'] },
          },
        ],
      },
      source: withoutText('plan.json'),
    });
    expect([prior, planned].map(([found]) => found?.address)).toEqual([
      'aws_nat_gateway.new',
      'aws_nat_gateway.new',
    ]);
  });

  it('for some targets keeps what it does not touch', () => {
    const prior = {
      values: {
        root_module: {
          resources: [{ address: 'a.kept', mode: 'managed', type: 'a', name: 'kept', values: {} }],
        },
      },
    };
    const changes = [{ address: 'a.kept', change: { actions: ['no-op'] } }];
    const targeted = plan({ ...aws, prior_state: prior, resource_changes: changes });
    expect(targeted.planned.map(({ address }) => address)).toContain('a.kept');
  });

  it('of a state is what stands', () => {
    const state = { format_version: '1.0', values: aws.planned_values };
    expect(plan(state).planned.map(({ address }) => address)).toEqual(['aws_vpc.x', 'aws_subnet.x']);
  });

  it.each([
    ['of a later format', { format_version: '2.0', planned_values: {} }, 'plan.json:1:19: expected format version'],
    ['without addresses', { format_version: '1.0', planned_values: { root_module: { resources: [{}] } } }, 'plan.json:1:42: expected resources with'],
  ])('%s is refused at its place', (_, root, message) => {
    expect(() => plan(root)).toThrow(message);
  }); // prettier-ignore
});

/** A plan of one new instance, whose tenancy and IOPS are known after the apply. */
function newInstance(declared: object): object {
  const address = 'aws_instance.x';
  const values = { instance_type: 'm7g.large', root_block_device: [{ volume_size: 50 }] };
  const after_unknown = { tenancy: true, root_block_device: [{ iops: true }] };
  return {
    format_version: '1.2',
    planned_values: {
      root_module: { resources: [{ address, mode: 'managed', type: 'aws_instance', name: 'x', values }] },
    },
    resource_changes: [{ address, change: { actions: ['create'], after_unknown } }],
    configuration: { root_module: { resources: [declared] } },
  };
}
