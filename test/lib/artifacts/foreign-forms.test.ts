import { describe, expect, it } from 'vitest';
import { readArtifacts } from '#lib/artifacts/read-artifacts';
import { memoryFiles } from './memory-files';

const read = (files: Readonly<Record<string, string>>, path: string) => () =>
  readArtifacts(memoryFiles(files), path);

describe('code in a form that is not read says what to run', () => {
  it.each([
    ['main.tf', 'resource "aws_instance" "a" {}', /terraform show -json p > plan\.json/],
    ['service.yaml', '{{- if .Values.on }}\napiVersion: v1\nkind: Service\n{{- end }}\n', /helm template/],
    ['main.bicep', "resource a 'b' = {}", /Bicep and ARM are not read/],
    ['template.json', '\u001F\uFFFD\b\u0000', /a file that gzip packed/],
    ['plan.json', '\uFEFF\n', /an empty file/],
    ['junk.yaml', 'apiVersion: kind: \u0000\u0001', /binary data/],
    ['junk.json', '{\uFFFD\u0003}', /binary data/],
    ['tfplan', 'PK\u0003\u0004\u0000', /an archive: a saved plan/],
    [
      'a.tfstate',
      '{"version":4,"terraform_version":"1.9.0","resources":[]}',
      /terraform show -json > state\.json/,
    ],
    ['arm.json', '{"$schema":"https://x/deploymentTemplate.json#","resources":[]}', /a template of Azure/],
    ['stack.json', '{"version":3,"deployment":{"resources":[]}}', /Pulumi is not read/],
    ['Pulumi.yaml', 'name: x\nruntime: nodejs\n', /Pulumi is not read/],
    ['serverless.yml', 'service: x\nprovider: { name: aws }\n', /serverless package/],
    ['compose.yaml', 'services: { web: { image: nginx } }', /a Compose file/],
    ['cdk.json', '{"app":"node app.js"}', /cdk synth/],
  ])('%s', (name, text, message) => {
    expect(read({ [name]: text }, name)).toThrow(message);
  });

  it.each([
    ['Pulumi.yaml', /Pulumi is not read/],
    ['Chart.yaml', /helm template/],
    ['cdk.json', /cdk synth/],
    ['cdktf.json', /cdktf synth/],
    ['terragrunt.hcl', /terragrunt show -json/],
    ['serverless.yml', /serverless package/],
    ['template.yaml', /name the template: template\.yaml/],
  ])('a folder with %s', (name, message) => {
    expect(read({ [`app/${name}`]: '', 'app/README.md': '' }, 'app')).toThrow(message);
  });

  it('a text with a letter in another encoding than UTF-8 stays a text', () => {
    const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: a # Z\uFFFDrich\n`;
    expect(read({ 'a.yaml': text }, 'a.yaml')().resources).toHaveLength(1);
  });

  it.each(['{{ .Release.Name }}', '"{{ .Release.Name }}-web"', 'web-{{ .Values.env }}'])(
    'a template of a chart, named %s',
    (name) => {
      const text = `apiVersion: v1\nkind: Service\nmetadata:\n  name: ${name}\n`;
      expect(read({ 'service.yaml': text }, 'service.yaml')).toThrow(/helm template/);
    },
  );

  it('rendered objects whose data hold templates are read', () => {
    const text =
      'apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: a\ndata:\n  alerts.tmpl: |\n    {{ define "x" }}\n';
    expect(read({ 'a.yaml': text }, 'a.yaml')()).toMatchObject({ form: 'kubernetes-manifests' });
  });
});

describe('lists of objects', () => {
  it('are their items, and those of lists in them, of the kind that a list says', () => {
    const deployments = {
      apiVersion: 'apps/v1',
      kind: 'DeploymentList',
      items: [{ metadata: { name: 'a' } }],
    };
    const list = {
      apiVersion: 'v1',
      kind: 'List',
      items: [{ apiVersion: 'v1', kind: 'Service', metadata: { name: 's' } }, deployments],
    };
    const { resources } = read({ 'all.json': JSON.stringify(list) }, 'all.json')();
    expect(resources.map(({ type }) => type)).toEqual(['v1/Service', 'apps/v1/Deployment']);
  });
});
