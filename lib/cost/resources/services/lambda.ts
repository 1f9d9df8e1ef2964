import {
  aws,
  components,
  free,
  perContext,
  stated,
  unpriced,
  used,
  type Component,
  type PricingContext,
  type ResourcePricing,
} from '#lib/cost/resources/component';
import { MILLISECONDS } from '#lib/cost/resources/billed-time';
import { listAt, numberAt, resourceAt } from '#lib/cost/resources/facts';
import { freeOf } from '#lib/cost/resources/services/meters';
import type { ReadResource } from '#lib/artifacts/unresolved';

/** MB of a function that states none. */
const DEFAULT_MEMORY_MB = 128;
/** Ephemeral storage that every function has at no charge, in MB. */
const INCLUDED_STORAGE_MB = 512;
const MB_PER_GB = 1024;

function chipOf(resource: ReadResource): 'arm' | 'x86' {
  return listAt(resource, 'Architectures')[0] === 'arm64' ? 'arm' : 'x86';
}

const lambda: ResourcePricing = {
  types: ['AWS::Lambda::Function', 'AWS::Serverless::Function', 'aws_lambda_function'],
  cost: (resource, context) => {
    const memoryMb = numberAt(resource, 'MemorySize') ?? DEFAULT_MEMORY_MB;
    const chip = chipOf(resource);
    const duration = aws('lambda', `Duration ${chip} first tier`, 'GB-second', context);
    const storageMb = numberAt(resource, 'EphemeralStorage.Size') ?? INCLUDED_STORAGE_MB;
    const extraGb = (storageMb - INCLUDED_STORAGE_MB) / MB_PER_GB;
    const perSecond = (unitsPerSecond: number) => ({ unitsPerSecond, time: MILLISECONDS });
    // Only the Serverless Application Model states it at the function.
    const kept = numberAt(resource, 'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions') ?? 0;
    return components(
      requestsOf(context),
      used(
        'duration',
        `Lambda duration, ${chip}, ${memoryMb} MB`,
        duration,
        'compute',
        perSecond(memoryMb / MB_PER_GB),
      ),
      extraGb > 0
        ? used(
            'ephemeral-storage',
            `ephemeral storage above ${INCLUDED_STORAGE_MB} MB`,
            aws('lambda', 'Ephemeral storage', 'GB-second', context),
            'compute',
            perSecond(extraGb),
          )
        : null,
      kept > 0 ? provisioned(resource, kept, context) : null,
    );
  },
};

const requestsOf = perContext((context) =>
  used('requests', 'Lambda requests', aws('lambda', 'Requests', '1M requests', context), 'compute'),
);

const SECONDS_PER_HOUR = 3600;

/** Concurrency kept warm all month, at the memory of the function it belongs to. */
function provisioned(of: ReadResource, count: number, context: PricingContext): Component {
  const memoryMb = numberAt(of, 'MemorySize') ?? DEFAULT_MEMORY_MB;
  return stated(
    'provisioned',
    `provisioned concurrency, ${count} at once`,
    aws('lambda', `Provisioned concurrency ${chipOf(of)}`, 'GB-second', context),
    'compute',
    (count * memoryMb * context.hours * SECONDS_PER_HOUR) / MB_PER_GB,
    `${count} × ${memoryMb} MB × ${context.hours} h`,
  );
}

const version: ResourcePricing = {
  types: [
    'AWS::Lambda::Alias',
    'AWS::Lambda::Version',
    'aws_lambda_alias',
    'aws_lambda_provisioned_concurrency_config',
  ],
  cost: (resource, context) => {
    const count =
      numberAt(resource, 'ProvisionedConcurrencyConfig.ProvisionedConcurrentExecutions') ??
      numberAt(resource, 'ProvisionedConcurrencyConfig.ProvisionedConcurrency') ??
      numberAt(resource, 'ProvisionedConcurrentExecutions') ??
      0;
    if (count === 0) return free('a name for a version of a function');
    const of = resourceAt(resource, 'FunctionName', context);
    if (of === undefined)
      return unpriced('its function, whose memory decides it, is not part of these artifacts');
    return components(provisioned(of, count, context));
  },
};

/** One whose template is fetched when it is deployed is no part of the artifacts, and unpriced like any such stack. */
const application = freeOf('what it holds is billed', ['AWS::Serverless::Application']);

const definitions = freeOf('part of a function, whose requests and duration are billed', [
  'AWS::Lambda::CodeSigningConfig',
  'AWS::Lambda::EventInvokeConfig',
  'AWS::Lambda::EventSourceMapping',
  'AWS::Lambda::LayerVersion',
  'AWS::Lambda::LayerVersionPermission',
  'AWS::Lambda::Permission',
  'AWS::Lambda::ResourcePolicy',
  'AWS::Lambda::Url',
  'AWS::Serverless::LayerVersion',
  'aws_lambda_code_signing_config',
  'aws_lambda_event_source_mapping',
  'aws_lambda_function_event_invoke_config',
  'aws_lambda_function_url',
  'aws_lambda_layer_version',
  'aws_lambda_layer_version_permission',
  'aws_lambda_permission',
]);

export const lambdaPricing: readonly ResourcePricing[] = [lambda, version, application, definitions];
