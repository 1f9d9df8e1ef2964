import type { Catalog } from '#lib/catalog/catalog';
import { parseLocated } from '#lib/spec/parse-environment';
import { asError } from '#lib/spec/problems';
import { readDocument } from '#lib/spec/read-environment';
import type { EnvironmentFiles, ReadEnvironment } from '#lib/spec/read-environment';
import { checkReferences } from '#lib/spec/references';

/**
 * Reads an environment file with what it extends, and checks it against the schema and the catalog.
 *
 * @throws LandfallError with all problems at once
 */
export function loadEnvironment(path: string, catalog: Catalog, files?: EnvironmentFiles): ReadEnvironment {
  const { root, sources, problems } = readDocument(path, files);
  const parsed = parseLocated(root);
  const places = new Set(parsed.problems.map((problem) => problem.at));
  const references = checkReferences(root, catalog).filter((problem) => !places.has(problem.at));
  const error = asError([...problems, ...parsed.problems, ...references]);
  if (error !== undefined) throw error;
  if (parsed.environment === undefined) throw new Error('an environment without problems was not parsed');
  return { environment: parsed.environment, sources };
}
