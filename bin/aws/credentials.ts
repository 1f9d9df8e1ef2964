import { execFile } from 'node:child_process';

export interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken: string | null;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Longest time that somebody may take to answer for a profile, in ms. */
const PATIENCE_MS = 30_000;

/**
 * Credentials of the environment, else those that the AWS CLI finds: it knows profiles, single sign-on, roles and
 * machines, and keeps its caches right. `null` where there are none. What the CLI prints goes nowhere else.
 */
export async function awsCredentials(env: Environment): Promise<AwsCredentials | null> {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = env;
  if (accessKeyId && secretAccessKey) {
    return { accessKeyId, secretAccessKey, sessionToken: env['AWS_SESSION_TOKEN'] || null };
  }
  return exported(await exportedText(env));
}

function exportedText(env: Environment): Promise<string> {
  const words = ['configure', 'export-credentials', '--format', 'process'];
  const profile = env['AWS_PROFILE'] ? ['--profile', env['AWS_PROFILE']] : [];
  return new Promise((done) => {
    execFile('aws', [...words, ...profile], { env: { ...env }, timeout: PATIENCE_MS }, (error, stdout) =>
      done(error === null ? stdout : ''),
    );
  });
}

/** The form of `credential_process`. */
function exported(text: string): AwsCredentials | null {
  try {
    const { AccessKeyId, SecretAccessKey, SessionToken } = JSON.parse(text) as Record<string, unknown>;
    if (typeof AccessKeyId !== 'string' || typeof SecretAccessKey !== 'string') return null;
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: typeof SessionToken === 'string' ? SessionToken : null,
    };
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof TypeError) return null;
    throw error;
  }
}
