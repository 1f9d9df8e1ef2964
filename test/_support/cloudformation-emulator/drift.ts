import { Refused, type Query } from './query';
import type { TemplateText } from './template-values';
import type { Stack, World } from './world';

/** What somebody did to a resource behind CloudFormation's back. */
export interface OutsideChange {
  readonly status: 'MODIFIED' | 'DELETED' | 'NOT_CHECKED';
  /** Pointer into its properties: `/Tags/0/Value`. */
  readonly path?: string;
  readonly expected?: string;
  readonly actual?: string;
}

/** Types that CloudFormation compares; of others it says nothing. */
const COMPARED = /^AWS::(?!CDK::|CloudFormation::)/;
/** Answers that say "in progress" before a detection is complete. */
const POLLS = 2;

type Operation = (world: World, query: Query) => Record<string, unknown>;

export const DRIFT_OPERATIONS: Readonly<Record<string, Operation>> = {
  DetectStackDrift: (world, { StackName = '' }) => {
    const id = `${standing(world, StackName).name}-${world.unique()}`;
    world.detections.set(id, 0);
    return { StackDriftDetectionId: id };
  },

  DescribeStackDriftDetectionStatus: (world, { StackDriftDetectionId: id = '' }) => {
    const polls = world.detections.get(id);
    if (polls === undefined) throw new Refused('ValidationError', `no detection ${id}`);
    world.detections.set(id, polls + 1);
    return {
      StackDriftDetectionId: id,
      DetectionStatus: polls < POLLS ? 'DETECTION_IN_PROGRESS' : 'DETECTION_COMPLETE',
      Timestamp: '2026-11-30T09:00:00.000Z',
    };
  },

  // One a page, so that every list is read to its end.
  DescribeStackResourceDrifts: (world, { StackName = '', NextToken = '0' }) => {
    const stack = standing(world, StackName);
    const { Resources } = JSON.parse(stack.templateText ?? '{"Resources":{}}') as TemplateText;
    const compared = Object.entries(Resources).filter(([, { Type }]) => COMPARED.test(Type));
    const index = Number(NextToken);
    return {
      StackResourceDrifts: compared.slice(index, index + 1).map(([id, { Type }]) => {
        const change = world.outsideChanges.get(`${stack.name}/${id}`);
        return {
          StackId: stack.id,
          LogicalResourceId: id,
          ResourceType: Type,
          StackResourceDriftStatus: change?.status ?? 'IN_SYNC',
          Timestamp: '2026-11-30T09:00:00.000Z',
          ...(change?.path === undefined
            ? {}
            : {
                PropertyDifferences: [
                  {
                    PropertyPath: change.path,
                    ExpectedValue: change.expected ?? '',
                    ActualValue: change.actual ?? '',
                    DifferenceType: 'NOT_EQUAL',
                  },
                ],
              }),
        };
      }),
      ...(index + 1 < compared.length ? { NextToken: String(index + 1) } : {}),
    };
  },
};

function standing(world: World, name: string): Stack {
  const stack = world.stack(name);
  if (stack === undefined) throw new Refused('ValidationError', `Stack [${name}] does not exist`);
  return stack;
}
