import { readJsonText, type ReadDocument } from '#lib/artifacts/json-text';
import { readYamlTemplate } from '#lib/artifacts/cloudformation/yaml-template';

/** A template in JSON or YAML. @throws LandfallError at file:line:column where it is neither */
export function readTemplateText(name: string, text: string): ReadDocument {
  return /^[\s\uFEFF]*[{[]/.test(text) ? readJsonText(name, text) : readYamlTemplate(name, text);
}
