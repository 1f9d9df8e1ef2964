import { LandfallError } from '#lib/errors/landfall-error';
import type { Problem } from '#lib/errors/landfall-error';
import type { EnvironmentFiles } from '#lib/spec/reading/environment-files';

/** A file system of texts or bytes by path. */
export function memoryFiles(files: Readonly<Record<string, string | Uint8Array>>): EnvironmentFiles {
  const bytesOf = (path: string) => {
    const content = files[path];
    return typeof content === 'string' ? new TextEncoder().encode(content) : content;
  };
  return {
    size: (path) => bytesOf(path)?.byteLength,
    read: (path) => bytesOf(path) ?? new Uint8Array(),
  };
}

/** The error that `act` ends in; fails where it ends in none or in another kind. */
export function failure(act: () => unknown): LandfallError {
  try {
    act();
  } catch (error) {
    if (error instanceof LandfallError) return error;
    throw error;
  }
  throw new Error('expected a LandfallError');
}

export function problemsIn(act: () => unknown): readonly Problem[] {
  return failure(act).problems;
}

/** A valid environment, small enough to change in a test by replacing a part of its text. */
export const SMALL = `name: small
scenarios:
  chat:
    title: Chat
    models: [llama-3.1-8b]
    traffic:
      requestsPerSecond: { mean: 1, peak: 2 }
      inputTokens: { mean: 1000 }
      outputTokens: { mean: 200 }
options:
  bedrock: { target: aws-bedrock }
  eks: { target: aws-eks }
deploy: { chat: bedrock }
`;
