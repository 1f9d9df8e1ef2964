import { EXIT, type Surroundings } from '#bin/command';
import { awsClient, type AwsClient } from '#bin/aws/client';
import type { AwsCredentials } from '#bin/aws/credentials';
import { AwsRefused } from '#bin/aws/refusal';
import { textAt } from '#bin/aws/xml-answer';
import { RequestFailed } from '#bin/http/retried';
import { Halted } from '#bin/live/halted';

/** Name under which a trail shows what assumed a role. */
const SESSION = 'landfall';

/** How long a role is used before it is taken again, in ms: sessions last an hour, deployments longer. */
const ROLE_MS = 45 * 60_000;

/** Whom AWS takes us for, and clients with the roles of an assembly. */
export interface AwsSession {
  /**
   * A client with a role, `${AWS::AccountId}` and `${AWS::Partition}` filled in; with one's own rights where there is none,
   * or where it may not be taken, as the CDK does it.
   */
  clientFor(region: string, role: string | null): Promise<AwsClient>;
}

/**
 * @throws Halted where nobody is signed in
 */
export async function awsSession({ awsCredentials, variables, download }: Surroundings): Promise<AwsSession> {
  const own = (await awsCredentials?.()) ?? null;
  if (own === null) throw signedOut();
  const shared = { env: variables, patience: download };
  const identities = new Map<string, Promise<{ account: string; partition: string }>>();
  const clients = new Map<string, { readonly client: Promise<AwsClient>; readonly since: number }>();
  const ownClient = (region: string) => awsClient({ credentials: own, region, ...shared });

  const assumed = async (region: string, role: string): Promise<AwsClient> => {
    const identity = identities.get(region) ?? identityOf(ownClient(region));
    identities.set(region, identity);
    const { account, partition } = await identity;
    const arn = role.replaceAll('${AWS::AccountId}', account).replaceAll('${AWS::Partition}', partition);
    const credentials = await assumedRole(ownClient(region), arn);
    return credentials === null ? ownClient(region) : awsClient({ credentials, region, ...shared });
  };

  return {
    clientFor: (region, role) => {
      if (role === null) return Promise.resolve(ownClient(region));
      const key = `${region} ${role}`;
      const now = performance.now();
      const known = clients.get(key);
      if (known !== undefined && now - known.since < ROLE_MS) return known.client;
      const client = assumed(region, role);
      clients.set(key, { client, since: now });
      return client;
    },
  };
}

async function identityOf(client: AwsClient): Promise<{ account: string; partition: string }> {
  const answer = await client.query('sts', 'GetCallerIdentity');
  const account = textAt(answer, 'Account');
  const partition = /^arn:([\w-]+):/.exec(textAt(answer, 'Arn') ?? '')?.[1];
  if (account === undefined || partition === undefined)
    throw new RequestFailed(`sts in ${client.region}: an answer without an account`);
  return { account, partition };
}

/** `null` where the role is not there, or not for us. */
async function assumedRole(client: AwsClient, role: string): Promise<AwsCredentials | null> {
  try {
    const answer = await client.query('sts', 'AssumeRole', { RoleArn: role, RoleSessionName: SESSION });
    const accessKeyId = textAt(answer, 'Credentials', 'AccessKeyId');
    const secretAccessKey = textAt(answer, 'Credentials', 'SecretAccessKey');
    const sessionToken = textAt(answer, 'Credentials', 'SessionToken');
    if (accessKeyId === undefined || secretAccessKey === undefined || sessionToken === undefined) return null;
    return { accessKeyId, secretAccessKey, sessionToken };
  } catch (error) {
    if (error instanceof AwsRefused && error.isDenied) return null;
    throw error;
  }
}

function signedOut(): Halted {
  return new Halted(EXIT.preflight, {
    code: 'SIGNED_OUT',
    at: 'AWS',
    expected: 'credentials of AWS, in the environment or by a profile of the AWS CLI',
    fix: 'sign in; or plan with --offline, against an account in which nothing stands',
  });
}
