import { aws, components, perContext, used, type ResourcePricing } from '#lib/cost/resources/component';
import { MILLISECONDS } from '#lib/cost/resources/billed-time';
import { textAt, valueAt } from '#lib/cost/resources/facts';
import { importedModel } from '#lib/cost/resources/services/model-import';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

function isFifo(value: unknown): boolean {
  return value === true || value === 'true';
}

const queue: ResourcePricing = {
  types: ['AWS::SQS::Queue', 'aws_sqs_queue'],
  cost: (resource, context) =>
    isFifo(valueAt(resource, 'FifoQueue')) ? QUEUES.fifo(context) : QUEUES.standard(context),
};

const QUEUES = { fifo: queuesOf('FIFO'), standard: queuesOf('Standard') } as const;

function queuesOf(kind: string) {
  return perContext((context) => {
    const price = aws('sqs', `${kind} requests`, '1M requests', context);
    return components(used('requests', `${kind} queue requests`, price, 'platform'));
  });
}

const topic: ResourcePricing = {
  types: ['AWS::SNS::Topic', 'aws_sns_topic'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('sns', sku, unit, context);
    if (isFifo(valueAt(resource, 'FifoTopic'))) {
      return components(
        used('requests', 'messages published, FIFO', price('FIFO publishes', '1M requests'), 'platform'),
        used('payload', 'payload published, FIFO', price('FIFO payload', 'GB'), 'platform'),
      );
    }
    return components(
      used('requests', 'messages published', price('Publishes', '1M requests'), 'platform'),
      used('notifications', 'HTTP notifications', price('HTTP notifications', '1M requests'), 'platform'),
    );
  },
};

const bus = byUse(['AWS::Events::EventBus', 'aws_cloudwatch_event_bus'], 'eventbridge', 'platform', [
  ['events', 'own events', 'Custom events', '1M events'],
]);
const archive = byUse(['AWS::Events::Archive', 'aws_cloudwatch_event_archive'], 'eventbridge', 'platform', [
  ['data', 'events archived', 'Archive processing', 'GB'],
  ['storage', 'archive kept', 'Archive storage', 'GB-month'],
]);
const pipe = byUse(['AWS::Pipes::Pipe', 'aws_pipes_pipe'], 'eventbridge', 'platform', [
  ['requests', 'events through the pipe', 'Pipe requests', '1M requests'],
]);
const schedule = byUse(['AWS::Scheduler::Schedule', 'aws_scheduler_schedule'], 'eventbridge', 'platform', [
  ['invocations', 'invocations of the schedule', 'Scheduler invocations', '1M requests'],
]);

/** MB that an express workflow is billed for: its memory in steps of 64. */
const EXPRESS_GB = 64 / 1024;

const stateMachine: ResourcePricing = {
  types: ['AWS::StepFunctions::StateMachine', 'AWS::Serverless::StateMachine', 'aws_sfn_state_machine'],
  cost: (resource, context) => {
    const property = resource.type.startsWith('AWS::Serverless') ? 'Type' : 'StateMachineType';
    const kind = textAt(resource, resource.format === 'terraform' ? 'Type' : property);
    const price = (sku: string, unit: string) => aws('stepfunctions', sku, unit, context);
    if (kind !== 'EXPRESS') {
      const transitions = price('Standard transitions', '1k transitions');
      return components(
        used('transitions', 'state transitions', transitions, 'platform'),
        ...importedModel(resource, context),
      );
    }
    return components(
      used('requests', 'express requests', price('Express requests', '1M requests'), 'platform'),
      used('duration', 'express duration', price('Express duration first 1k GB-h', 'GB-hour'), 'platform', {
        unitsPerSecond: EXPRESS_GB / 3600,
        time: MILLISECONDS,
      }),
    );
  },
};

const definitions = freeOf('a definition; what it passes on is billed where it goes', [
  'AWS::Events::ApiDestination',
  'AWS::Events::Connection',
  'AWS::Events::Endpoint',
  'AWS::Events::EventBusPolicy',
  'AWS::Events::Rule',
  'AWS::Scheduler::ScheduleGroup',
  'AWS::SNS::Subscription',
  'AWS::SNS::TopicInlinePolicy',
  'AWS::SQS::QueueInlinePolicy',
  'AWS::StepFunctions::Activity',
  'AWS::StepFunctions::StateMachineAlias',
  'AWS::StepFunctions::StateMachineVersion',
  'aws_cloudwatch_event_connection',
  'aws_cloudwatch_event_permission',
  'aws_cloudwatch_event_rule',
  'aws_cloudwatch_event_target',
  'aws_scheduler_schedule_group',
  'aws_sns_topic_subscription',
  'aws_sqs_queue_redrive_policy',
]);

export const messaging: readonly ResourcePricing[] = [
  queue,
  topic,
  bus,
  archive,
  pipe,
  schedule,
  stateMachine,
  definitions,
];
