import { Effort } from '#lib/artifacts/effort';
import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { isObject } from '#lib/artifacts/json';
import { readJsonText } from '#lib/artifacts/json-text';
import { plainValue } from '#lib/artifacts/plain-value';
import { Unresolved, type ArtifactValue } from '#lib/artifacts/resource';
import { faultAt } from '#lib/artifacts/source';
import { Evaluation } from '#lib/artifacts/terraform/evaluate';
import { parseExpression } from '#lib/artifacts/terraform/parse-expression';
import { isMapping } from '#lib/artifacts/terraform/values';
import { brief } from '#lib/artifacts/unresolved';
import { LandfallError } from '#lib/errors/landfall-error';

const USUAL = ['terraform.tfvars', 'terraform.tfvars.json'];

/**
 * Values of variables that Terraform takes from files of the root folder unasked: `terraform.tfvars`, its form in JSON,
 * and over them `*.auto.tfvars` and `*.auto.tfvars.json` by their names.
 *
 * @throws LandfallError where such a file is no list of values
 */
export function valuesOfFiles(files: ArtifactFiles, folder: string): ReadonlyMap<string, ArtifactValue> {
  const names = files.list(folder);
  const automatic = names.filter((name) => /\.auto\.tfvars(?:\.json)?$/.test(name)).toSorted();
  return new Map(
    [...USUAL.filter((name) => names.includes(name)), ...automatic].flatMap((name) => {
      const path = pathWithin('', folder, name);
      const text = path === null ? null : files.read(path);
      if (path === null || text === null) return [];
      return Object.entries(name.endsWith('.json') ? ofJson(path, text) : ofNative(path, text));
    }),
  );
}

function ofJson(path: string, text: string): Readonly<Record<string, ArtifactValue>> {
  const { root, source } = readJsonText(path, text);
  const value = isObject(root) ? plainValue(root) : null;
  if (isMapping(value)) return value;
  throw faultAt(source, [], {
    code: 'WRONG_TYPE',
    expected: 'values of variables by their names',
    fix: 'write it as { "name": value }',
  });
}

/** Its lines are those of a mapping without the braces. */
function ofNative(path: string, text: string): Readonly<Record<string, ArtifactValue>> {
  const parsed = parseExpression(`{\n${text}\n}`);
  const names = {
    effort: new Effort(),
    resolve: (name: string) => ({ value: new Unresolved(brief(name)), references: [], used: 0 }),
  };
  const value = parsed === null ? null : new Evaluation(names).value(parsed);
  if (isMapping(value)) return value;
  throw new LandfallError({
    code: 'FILE_UNREADABLE',
    at: `${path}:1:1`,
    got: 'something that is not read',
    expected: 'values of variables, each as `name = value`',
    fix: 'write them in JSON, or name a plan: `terraform plan -out p && terraform show -json p > plan.json`',
  });
}
