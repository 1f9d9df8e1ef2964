import { aws_iam as iam, type aws_kms as kms, aws_logs as logs, RemovalPolicy } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { letLogsUse } from '#constructs/aws/logs-key';

/** What a domain can tell of itself; slow requests are those beyond the limits that an index sets. */
const KINDS = ['ES_APPLICATION_LOGS', 'SEARCH_SLOW_LOGS', 'INDEX_SLOW_LOGS'] as const;

export interface DomainLogs {
  /** Where each kind goes, as a domain is told. */
  readonly publishing: Readonly<Record<string, { enabled: boolean; cloudWatchLogsLogGroupArn: string }>>;
  /** Without it the domain is refused. */
  readonly permission: Construct;
}

/** Log groups of a domain, encrypted with its key, into which its service may write. */
export function domainLogs(scope: Construct, key: kms.Key, domainArn: string): DomainLogs {
  letLogsUse(key);
  const groups = KINDS.map(
    (kind) =>
      new logs.LogGroup(scope, kind, {
        retention: logs.RetentionDays.ONE_YEAR,
        removalPolicy: RemovalPolicy.RETAIN,
        encryptionKey: key,
      }),
  );
  const permission = new logs.ResourcePolicy(scope, 'LogAccess', {
    policyStatements: [
      new iam.PolicyStatement({
        principals: [new iam.ServicePrincipal('es.amazonaws.com')],
        actions: ['logs:PutLogEvents', 'logs:CreateLogStream'],
        resources: groups.map(({ logGroupRef }) => logGroupRef.logGroupArn),
        conditions: { ArnEquals: { 'aws:SourceArn': domainArn } },
      }),
    ],
  });
  const publishing = Object.fromEntries(
    groups.map(({ node, logGroupRef }) => [
      node.id,
      { enabled: true, cloudWatchLogsLogGroupArn: logGroupRef.logGroupArn },
    ]),
  );
  return { publishing, permission };
}
