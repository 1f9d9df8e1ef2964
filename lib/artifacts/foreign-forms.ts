import { isList, isObject, own, ownText } from '#lib/artifacts/json';

/** Infrastructure code in a form that is not read, and what makes one that is. */
export interface ForeignForm {
  readonly got: string;
  readonly fix: string;
}

const TERRAFORM_SHOW = '`terraform plan -out p && terraform show -json p > plan.json`, then name plan.json';

const PULUMI: ForeignForm = {
  got: 'a Pulumi program or what it writes',
  fix: 'Pulumi is not read: name what it was converted from (CloudFormation, Terraform), or the YAML of its Kubernetes objects',
};
const SERVERLESS: ForeignForm = {
  got: 'a service of the Serverless Framework',
  fix: 'run `serverless package`, then name .serverless/cloudformation-template-update-stack.json',
};
const COMPOSE: ForeignForm = {
  got: 'a Compose file, which names no infrastructure',
  fix: 'name what deploys it: manifests, a template or a plan',
};
const AZURE: ForeignForm = {
  got: 'a template of Azure',
  fix: 'Bicep and ARM are not read, nor are prices of Azure services: name its Terraform plan to see what is known',
};
export const CHART: ForeignForm = {
  got: 'a Helm chart that is not rendered',
  fix: 'run `helm template <name> <chart> > objects.yaml`, then name objects.yaml',
};
const CDK_SOURCE: ForeignForm = {
  got: 'the source of a CDK app',
  fix: 'run `npx cdk synth`, then name its cdk.out',
};

/** By the files of a folder, the surest first. */
const FOLDERS: readonly (readonly [file: RegExp, form: ForeignForm])[] = [
  [/^Pulumi(?:\.\w+)?\.ya?ml$/, PULUMI],
  [/^Chart\.ya?ml$/, CHART],
  [
    /^cdktf\.json$/,
    { got: 'the source of a CDK for Terraform app', fix: 'run `cdktf synth`, then name its cdktf.out' },
  ],
  [/^cdk\.json$/, CDK_SOURCE],
  [
    /^terragrunt\.hcl$/,
    {
      got: 'a Terragrunt unit',
      fix: 'run `terragrunt plan -out p && terragrunt show -json p > plan.json`, then name plan.json',
    },
  ],
  [/^serverless\.(?:ya?ml|json|ts)$/, SERVERLESS],
  [/^(?:docker-)?compose\.ya?ml$/, COMPOSE],
  [/\.bicep$/, AZURE],
];

/** Whose source a folder is, by the names of its files; `null` where none is known. */
export function foreignFolder(names: readonly string[]): ForeignForm | null {
  const template = names.find((name) => /^template\.(?:ya?ml|json)$|\.template\.(?:ya?ml|json)$/.test(name));
  for (const [file, form] of FOLDERS) if (names.some((name) => file.test(name))) return form;
  return template === undefined
    ? null
    : { got: 'a folder with a template and no assembly', fix: `name the template: ${template}` };
}

/** What a file is by its name and its first bytes, before anything is parsed; `null` where that does not tell. */
export function foreignText(path: string, text: string): ForeignForm | null {
  if (/\.(?:tf|tofu|hcl|tfvars)$/.test(path)) {
    return { got: 'a file in Terraform’s native syntax', fix: `run ${TERRAFORM_SHOW}` };
  }
  if (path.endsWith('.bicep')) return AZURE;
  if (text.trim() === '') return { got: 'an empty file', fix: 'check that what writes it succeeded' };
  if (text.startsWith('PK\u0003\u0004')) {
    return {
      got: 'an archive: a saved plan of Terraform is one',
      fix: 'run `terraform show -json FILE > plan.json` on a plan, unpack anything else',
    };
  }
  // The second byte of the mark is no UTF-8.
  if (text.startsWith('\u001F\uFFFD\b')) {
    return { got: 'a file that gzip packed', fix: 'unpack it, then name what it holds' };
  }
  return text.trimStart().startsWith('{{') ? CHART : null;
}

/** What a document is by its fields; `null` where they do not tell. */
export function foreignDocument(root: unknown): ForeignForm | null {
  if (!isObject(root)) return null;
  if (isList(own(root, 'resources')) && ownText(root, 'terraform_version') !== null) {
    return {
      got: 'a raw state of Terraform, whose form is private to it',
      fix: 'run `terraform show -json > state.json`, then name state.json',
    };
  }
  if (ownText(root, '$schema')?.includes('deploymentTemplate.json') === true) return AZURE;
  if (isObject(own(root, 'deployment')) || isList(own(root, 'steps'))) return PULUMI;
  if (own(root, 'runtime') !== undefined && ownText(root, 'name') !== null) return PULUMI;
  if (own(root, 'service') !== undefined && own(root, 'provider') !== undefined) return SERVERLESS;
  if (isObject(own(root, 'services'))) return COMPOSE;
  return typeof own(root, 'app') === 'string' ? CDK_SOURCE : null;
}
