import { describe, expect, it } from 'vitest';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { memoryFiles } from '../memory-files';

const DEPLOYMENT =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: {}\n';
const SERVICE = 'apiVersion: v1\nkind: Service\nmetadata: { name: web }\n';

const files = memoryFiles({
  'k8s/app/web.yaml': `# the shop\n${DEPLOYMENT}---\n${SERVICE}---\n`,
  'k8s/app/values.yaml': 'replicas: 2\n',
  'k8s/more/again.yml': DEPLOYMENT,
  'k8s/list.json': {
    apiVersion: 'v1',
    kind: 'List',
    items: [{ apiVersion: 'v1', kind: 'Pod', metadata: { name: 'one' } }],
  },
  'k8s/.git/hidden.yaml': SERVICE,
  'mixed.yaml': `${SERVICE}---\nname: a value\n`,
  'broken.yaml': `${SERVICE}  - what: [1\n`,
  'kustomized/kustomization.yaml':
    'apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources: [web.yaml]\n',
  'values/values.yaml': 'replicas: 2\n',
  'locked/secret.yaml': '\u0000GITCRYPT\u0000\uFFFD',
  'chart/web.yaml': 'apiVersion: v1\nkind: Service\nmetadata:\n  name: {{ .Release.Name }}\n',
});

describe('Kubernetes manifests', () => {
  it('of a folder and those in it are one app; files without objects are passed over', () => {
    const { form, resources } = readArtifacts(files, 'k8s');
    expect(form).toBe('kubernetes-manifests');
    expect(resources.map(({ address, type }) => [address, type])).toEqual([
      ['kubernetes/Deployment/shop/web', 'apps/v1/Deployment'],
      ['kubernetes/Service/web', 'v1/Service'],
      ['kubernetes/Deployment/shop/web#2', 'apps/v1/Deployment'],
      ['kubernetes/Pod/one', 'v1/Pod'],
    ]);
  });

  it('may be one file, or a list as kubectl prints it', () => {
    expect(readArtifacts(files, 'k8s/app/web.yaml').resources).toHaveLength(2);
    expect(readArtifacts(files, 'k8s/list.json').resources).toHaveLength(1);
  });

  it.each([
    ['mixed.yaml', /^mixed\.yaml:5:1: expected a Kubernetes object with `apiVersion` and `kind`/],
    ['broken.yaml', /^broken\.yaml:4:/],
    ['kustomized', /^kustomized\/kustomization\.yaml:1:1: expected rendered manifests/],
    ['values', /^values: expected cdk\.out/],
    [
      'locked',
      /^locked\/secret\.yaml:1:1: expected a text in YAML or JSON, as its name says, got binary data/,
    ],
    ['chart', /^chart\/web\.yaml:4:\d+: expected rendered manifests, got a Helm chart/],
  ])('in %s are refused with the place and the fix', (path, message) => {
    expect(() => readArtifacts(files, path)).toThrow(message);
  });

  it('take no parameters', () => {
    const given = new Map([['Size', '1']]);
    expect(() => readArtifacts(files, 'k8s', { given })).toThrow(/Size/);
  });
});
