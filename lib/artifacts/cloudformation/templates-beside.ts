import { readTemplateText } from '#lib/artifacts/cloudformation/template-text';
import type { Template } from '#lib/artifacts/cloudformation/template';
import { pathWithin, type ArtifactFiles } from '#lib/artifacts/files';
import { isList, isObject, own, type JsonObject } from '#lib/artifacts/json';
import type { ReadDocument } from '#lib/artifacts/json-text';

/** Properties that name the template of a nested stack, or of an application of the Serverless Application Model. */
const LOCATIONS = ['TemplateURL', 'Location'] as const;
const FILE = /(?:^|[}/\s])([\w.-]+(?:\/[\w.-]+)*\.(?:ya?ml|json|template))$/;

/**
 * A template whose nested stacks are looked for beside it: before they are uploaded their templates lie in its folder,
 * by the path that the URL ends with. A URL of `…/infrastructure/vpc.yaml` is that file, or `vpc.yaml`.
 */
export function withTemplatesBeside(files: ArtifactFiles, path: string, document: ReadDocument): Template {
  const end = path.lastIndexOf('/');
  const folder = end < 0 ? '.' : path.slice(0, end);
  const known = new Map<string, Template | null>();
  const at = (candidate: string): Template | null => {
    let template = known.get(candidate);
    if (template === undefined) {
      const text = files.read(candidate);
      template = text === null ? null : templateOf(readTemplateText(candidate, text), candidate);
      known.set(candidate, template);
    }
    return template;
  };
  const templateOf = (read: ReadDocument, of: string): Template => ({
    ...read,
    nested: (_, resource) => {
      const below = of.slice(0, Math.max(0, of.lastIndexOf('/')));
      for (const name of namesOf(resource)) {
        for (const from of new Set([below === '' ? '.' : below, folder])) {
          const candidate = pathWithin(folder, from, name);
          const found = candidate === null || candidate === of ? null : at(candidate);
          if (found !== null) return found;
        }
      }
      return null;
    },
  });
  return templateOf(document, path);
}

/** Paths that a template may lie at, the longest first. */
function namesOf(resource: JsonObject): readonly string[] {
  const location = LOCATIONS.map((name) => own(own(resource, 'Properties'), name)).find(
    (value) => value !== undefined,
  );
  const [, file] = FILE.exec(lastText(location, 0) ?? '') ?? [];
  const parts = (file ?? '').replace(/^(?:\.\/)+/, '').split('/');
  if (file === undefined || parts.includes('..')) return [];
  return parts.map((_, index) => parts.slice(index).join('/'));
}

/** What a URL ends with, whatever function puts it together. */
function lastText(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return value;
  if (depth > 8) return null;
  const parts: readonly unknown[] = isList(value) ? value : isObject(value) ? Object.values(value) : [];
  // `Fn::Sub` may be a text and the values that stand in it.
  const isSubstitution = isList(value) && typeof value[0] === 'string' && isObject(value[1]);
  const last = isSubstitution ? parts[0] : parts.at(-1);
  return last === undefined ? null : lastText(last, depth + 1);
}
