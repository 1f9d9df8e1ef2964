import { setTimeout as sleep } from 'node:timers/promises';
import type { AwsClient } from '#bin/aws/client';
import { AwsRefused } from '#bin/aws/refusal';
import { listAt, textAt, type XmlElement } from '#bin/aws/xml-answer';
import type { ResourceDrift } from '#lib/drift/cloudformation-drift';

export interface DetectionPatience {
  /** Longest wait for one stack, in ms. */
  readonly longestMs: number;
  readonly everyMs: number;
}

export interface DetectedDrift {
  readonly drifts: readonly ResourceDrift[];
  /** Why less was looked at than could be; `null` where all of it was. */
  readonly note: string | null;
}

/** CloudFormation compares properties one resource after the other: hundreds take minutes. */
export const USUAL_PATIENCE: DetectionPatience = { longestMs: 10 * 60_000, everyMs: 2000 };

/** Has CloudFormation compare a stack's resources with what it deployed. Changes nothing. */
export async function detectedDrift(
  client: AwsClient,
  stack: string,
  { longestMs, everyMs }: DetectionPatience,
): Promise<DetectedDrift> {
  try {
    const begun = await client.query('cloudformation', 'DetectStackDrift', { StackName: stack });
    const id = textAt(begun, 'StackDriftDetectionId') ?? '';
    for (let waitedMs = 0; ; waitedMs += everyMs) {
      const state = await client.query('cloudformation', 'DescribeStackDriftDetectionStatus', {
        StackDriftDetectionId: id,
      });
      const status = textAt(state, 'DetectionStatus');
      if (status === 'DETECTION_COMPLETE') return { drifts: await driftsOf(client, stack), note: null };
      if (status === 'DETECTION_FAILED') {
        // What could be compared was: the rest counts as not checked.
        return {
          drifts: await driftsOf(client, stack),
          note: 'CloudFormation could not compare every resource',
        };
      }
      if (waitedMs >= longestMs) {
        return {
          drifts: [],
          note: `CloudFormation still compares resources after ${longestMs / 60_000} min`,
        };
      }
      await sleep(everyMs);
    }
  } catch (error) {
    if (error instanceof AwsRefused)
      return { drifts: [], note: `resources were not compared: ${error.message}` };
    throw error;
  }
}

async function driftsOf(client: AwsClient, stack: string): Promise<readonly ResourceDrift[]> {
  const found: ResourceDrift[] = [];
  const seen = new Set<string>();
  for (let token = ''; ;) {
    const answer = await client.query('cloudformation', 'DescribeStackResourceDrifts', {
      StackName: stack,
      ...(token === '' ? {} : { NextToken: token }),
    });
    found.push(...listAt(answer, 'StackResourceDrifts').map(driftOf));
    token = textAt(answer, 'NextToken') ?? '';
    if (token === '' || seen.has(token)) return found;
    seen.add(token);
  }
}

/** Expected and actual values may be secrets: they are not read. */
function driftOf(element: XmlElement): ResourceDrift {
  return {
    logicalId: textAt(element, 'LogicalResourceId') ?? '',
    type: textAt(element, 'ResourceType') ?? '',
    status: textAt(element, 'StackResourceDriftStatus') ?? '',
    paths: listAt(element, 'PropertyDifferences').flatMap((each) => textAt(each, 'PropertyPath') ?? []),
  };
}
