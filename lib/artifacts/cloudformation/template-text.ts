import { readJsonText, type ReadDocument } from '#lib/artifacts/json-text';
import { faultAt, withoutText } from '#lib/artifacts/source';
import { readYamlDocuments } from '#lib/artifacts/yaml-documents';

/** A template in JSON or YAML. @throws LandfallError at file:line:column where it is neither */
export function readTemplateText(name: string, text: string): ReadDocument {
  return isJson(text) ? readJsonText(name, text) : readYamlTemplate(name, text);
}

/** Whether a text begins as JSON does. */
export function isJson(text: string): boolean {
  return /^[\s\uFEFF]*[{[]/.test(text);
}

/** @throws LandfallError where the text is not one document of YAML */
export function readYamlTemplate(name: string, text: string): ReadDocument {
  const [document, second] = readYamlDocuments(name, text);
  if (document !== undefined && second === undefined) return document;
  throw faultAt(second?.source ?? withoutText(`${name}:1:1`), [], {
    code: 'YAML_SYNTAX',
    got: second === undefined ? 'no document' : 'a second document',
    expected: 'one YAML document',
    fix: 'check indentation, quotes and brackets at this place',
  });
}
