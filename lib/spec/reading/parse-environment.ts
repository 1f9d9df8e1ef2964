import type { Problem } from '#lib/errors/landfall-error';
import { environment } from '#lib/spec/schema/environment';
import type { Environment } from '#lib/spec/schema/environment';
import { refuseUnsafe } from '#lib/spec/reading/hardening';
import { locateValue, plain } from '#lib/text/located';
import type { Located } from '#lib/text/located';
import { asError, problemsOf } from '#lib/spec/problems/problems';

/** A file is parsed once: compiling a parser for it would cost more than it saves. */
const WITHOUT_COMPILING = { jitless: true } as const;

let schema: ReturnType<typeof environment> | undefined;

/** The schema of the environment, built once and only when something is parsed. */
export function environmentSchema(): ReturnType<typeof environment> {
  schema ??= environment();
  return schema;
}

export interface Parsed {
  /** `undefined` where the schema is not met. */
  readonly environment: Environment | undefined;
  readonly problems: readonly Problem[];
}

/** Checks a document against the schema. Every problem is returned, none thrown. */
export function parseLocated(root: Located): Parsed {
  const unsafe = refuseUnsafe(root);
  const result = environmentSchema().safeParse(plain(root), WITHOUT_COMPILING);
  if (result.success) return { environment: unsafe.length > 0 ? undefined : result.data, problems: unsafe };
  // A value that was refused for what it holds is not reported again for its form.
  const refused = new Set(unsafe.map((problem) => problem.at));
  const issues = problemsOf(result.error.issues, environmentSchema(), root);
  return {
    environment: undefined,
    problems: [...unsafe, ...issues.filter((problem) => !refused.has(problem.at))],
  };
}

/** An environment made by a program (TypeScript, JSON). Throws one LandfallError with all problems. */
export function parseEnvironment(value: unknown, label = 'environment'): Environment {
  const { environment: parsed, problems } = parseLocated(locateValue(value, label));
  const error = asError(problems);
  if (error !== undefined) throw error;
  if (parsed === undefined) throw new Error('an environment without problems was not parsed');
  return parsed;
}
