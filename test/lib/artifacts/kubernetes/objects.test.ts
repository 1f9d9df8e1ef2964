import { describe, expect, it } from 'vitest';
import { readStacks } from '#lib/artifacts/cloudformation/read-stacks';
import { withKubernetesObjects } from '#lib/artifacts/kubernetes/objects';
import type { ArtifactValue } from '#lib/artifacts/resource';
import { readTerraformConfiguration } from '#lib/artifacts/terraform/read-configuration';
import { readTerraformPlan } from '#lib/artifacts/terraform/read-plan';
import { readJsonText } from '#lib/artifacts/json-text';
import { ReferenceTo, type ReadResource } from '#lib/artifacts/unresolved';
import { memoryFiles } from '../memory-files';
import { stack } from '../cloudformation/stacks';

function fromTerraform(resource: object, more: object = {}): ReadResource[] {
  const files = memoryFiles({ 'main.tf.json': { ...more, resource } });
  return withKubernetesObjects(readTerraformConfiguration(files, '.'));
}

function fromCdk(Manifest: unknown): ReadResource[] {
  const Resources = {
    Role: { Type: 'AWS::IAM::Role' },
    Object: { Type: 'Custom::AWSCDK-EKS-KubernetesResource', Properties: { Manifest } },
  };
  return withKubernetesObjects(
    readStacks([stack({ Parameters: { N: { Type: 'Number' } }, Resources })]),
  ).slice(1);
}

const SERVICE = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'web', namespace: 'shop' } };

describe('a manifest of the CDK', () => {
  it('gives its objects', () => {
    const role = { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop' } };
    expect(fromCdk(JSON.stringify([role, SERVICE]))).toMatchObject([
      { address: 'App/Namespace/shop', type: 'v1/Namespace', format: 'kubernetes', region: 'eu-west-1' },
      { address: 'App/Service/shop/web', type: 'v1/Service', properties: SERVICE },
    ]);
  });

  it('of which pieces are unknown keeps them open, in texts and beside them', () => {
    const Manifest = {
      'Fn::Join': [
        '',
        [
          '[{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"name":"a","annotations":{"role":"x-',
          { 'Fn::GetAtt': ['Role', 'Arn'] },
          '","q":"\\""}},"spec":{"replicas":',
          { Ref: 'N' },
          '}}]',
        ],
      ],
    };
    const parts = ['x-', new ReferenceTo('App/Role', 'Arn')];
    expect(fromCdk(Manifest)).toMatchObject([
      {
        address: 'App/Deployment/a',
        properties: {
          metadata: { annotations: { role: { parts } } },
          spec: { replicas: { dependsOn: 'parameter N' } },
        },
        references: ['App/Role'],
      },
    ]);
  });

  it.each([
    ['unknown', { Ref: 'N' }],
    ['no JSON', '[{'],
    ['half of it no object', JSON.stringify([SERVICE, 3])],
    ['empty', '[]'],
    ['absent', undefined],
  ])('that is %s stays as it is', (_, manifest) => {
    expect(fromCdk(manifest).map(({ address, format }) => [address, format])).toEqual([
      ['App/Object', 'cloudformation'],
    ]);
  });
});

describe('a manifest of Terraform', () => {
  it('gives its object', () => {
    expect(fromTerraform({ kubernetes_manifest: { x: { manifest: SERVICE } } })).toMatchObject([
      { address: 'terraform/Service/shop/web', type: 'v1/Service', properties: SERVICE },
    ]);
  });

  it('of an unknown name keeps the address of its carrier', () => {
    const manifest = { ...SERVICE, metadata: { name: '${var.n}' } };
    const found = fromTerraform({ kubernetes_manifest: { x: { manifest } } }, { variable: { n: {} } });
    expect(found[0]?.address).toBe('kubernetes_manifest.x/Service/0');
  });

  it('of one name in two clusters is told apart', () => {
    const found = fromTerraform({
      kubernetes_manifest: { x: { manifest: SERVICE }, y: { manifest: SERVICE } },
    });
    expect(found.map(({ address }) => address)).toEqual([
      'terraform/Service/shop/web',
      'terraform/Service/shop/web#2',
    ]);
  });
});

describe('a typed resource of Terraform', () => {
  const container = {
    name: 'server',
    port: [{ container_port: 8000 }],
    env: [{ name: 'A', value: 'b' }],
    resources: { limits: { 'nvidia.com/gpu': '8', memory: '64Gi' } },
    lifecycle: { pre_stop: [{ exec: { command: ['sleep', '5'] } }] },
  };
  const body = {
    wait_for_rollout: false,
    metadata: { name: 'web', namespace: 'shop', labels: { some_label: 'x' } },
    spec: {
      replicas: '3',
      selector: { match_labels: { app_name: 'web' } },
      template: {
        spec: { container: [container], host_ipc: true, toleration: { key: 'gpu', effect: null } },
      },
    },
  };
  const object = {
    metadata: { name: 'web', namespace: 'shop', labels: { some_label: 'x' } },
    spec: {
      replicas: 3,
      selector: { matchLabels: { app_name: 'web' } },
      template: {
        spec: {
          containers: [
            {
              name: 'server',
              ports: [{ containerPort: 8000 }],
              env: [{ name: 'A', value: 'b' }],
              resources: { limits: { 'nvidia.com/gpu': '8', memory: '64Gi' } },
              lifecycle: { preStop: { exec: { command: ['sleep', '5'] } } },
            },
          ],
          hostIPC: true,
          tolerations: [{ key: 'gpu' }],
        },
      },
    },
  };

  it('gives the object that the provider would send', () => {
    const read = fromTerraform({ kubernetes_deployment_v1: { x: body } });
    expect(read).toMatchObject([
      {
        address: 'terraform/Deployment/shop/web',
        path: null,
        format: 'kubernetes',
        type: 'apps/v1/Deployment',
        region: null,
        references: [],
        presence: null,
      },
    ]);
    expect(read[0]?.properties).toEqual(object);
  });

  it('of a plan, where every block is a list, gives the same object', () => {
    const values = listed(body);
    const resource = {
      address: 'module.m.kubernetes_deployment.x',
      mode: 'managed',
      type: 'kubernetes_deployment',
      name: 'x',
      values,
    };
    const plan = { format_version: '1.2', planned_values: { root_module: { resources: [resource] } } };
    const { planned } = readTerraformPlan(readJsonText('plan.json', JSON.stringify(plan)));
    expect(withKubernetesObjects(planned)).toMatchObject([
      { address: 'module.m/Deployment/shop/web', type: 'apps/v1/Deployment', properties: object },
    ]);
  });

  it.each([
    ['kubernetes_persistent_volume_claim_v1', 'v1/PersistentVolumeClaim'],
    ['kubernetes_horizontal_pod_autoscaler_v2', 'autoscaling/v2/HorizontalPodAutoscaler'],
    ['kubernetes_horizontal_pod_autoscaler', 'autoscaling/v1/HorizontalPodAutoscaler'],
    ['kubernetes_daemonset', 'apps/v1/DaemonSet'],
    ['kubernetes_pod_disruption_budget_v1', 'policy/v1/PodDisruptionBudget'],
  ])('%s is a %s', (type, expected) => {
    expect(fromTerraform({ [type]: { x: {} } })[0]?.type).toBe(expected);
  });

  it.each(['helm_release', 'kubernetes_labels', 'aws_instance', 'constructor'])('%s is none', (type) => {
    expect(fromTerraform({ [type]: { x: {} } })[0]).toMatchObject({ format: 'terraform', type });
  });

  it.each([
    ['a block in a Service of an Ingress once', { backend: { service: { port: { number: 80 } } } }, { backend: { service: { port: { number: 80 } } } }],
    ['terms of a node affinity once', { node_affinity: { required_during_scheduling_ignored_during_execution: { node_selector_term: [{}] } } }, { nodeAffinity: { requiredDuringSchedulingIgnoredDuringExecution: { nodeSelectorTerms: [{}] } } }],
    ['terms of a pod affinity as a list', { pod_affinity: { required_during_scheduling_ignored_during_execution: [{ topology_key: 'x' }] } }, { podAffinity: { requiredDuringSchedulingIgnoredDuringExecution: [{ topologyKey: 'x' }] } }],
    ['a selector of a Service as it is', { selector: { some_key: 'x' } }, { selector: { some_key: 'x' } }],
  ])('has %s', (_, spec, expected) => {
    expect(fromTerraform({ kubernetes_service_v1: { x: { spec } } })[0]?.properties['spec']).toEqual(expected);
  }); // prettier-ignore
});

/** As the provider's schema has them: blocks are lists, mappings of the user are not. */
function listed(value: object): { [key: string]: ArtifactValue } {
  const free = ['labels', 'match_labels', 'limits'];
  return Object.fromEntries(
    Object.entries(value).map(([key, item]: [string, unknown]) => {
      if (Array.isArray(item))
        return [key, item.map((each: unknown) => (isObject(each) ? listed(each) : each))];
      return [key, isObject(item) && !free.includes(key) ? [listed(item)] : item];
    }),
  ) as { [key: string]: ArtifactValue };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
