import { aws, components, standing, used, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt } from '#lib/cost/resources/facts';
import { freeOf } from '#lib/cost/resources/services/meters';

/** Every directory stands as two domain controllers, in two zones. */
const CONTROLLERS = 2;

const microsoftAd: ResourcePricing = {
  types: ['AWS::DirectoryService::MicrosoftAD'],
  cost: (resource, context) =>
    directory(`Microsoft AD ${textAt(resource, 'Edition') ?? 'Enterprise'}`, context),
};

const simpleAd: ResourcePricing = {
  types: ['AWS::DirectoryService::SimpleAD'],
  cost: (resource, context) => directory(`Simple AD ${needed(textAt(resource, 'Size'), 'Size')}`, context),
};

const anyDirectory: ResourcePricing = {
  types: ['aws_directory_service_directory'],
  cost: (resource, context) => {
    const type = textAt(resource, 'Type') ?? 'SimpleAD';
    const size = () => needed(textAt(resource, 'Size'), 'size');
    if (type === 'MicrosoftAD') {
      const controllers = numberAt(resource, 'DesiredNumberOfDomainControllers') ?? CONTROLLERS;
      return directory(`Microsoft AD ${textAt(resource, 'Edition') ?? 'Enterprise'}`, context, controllers);
    }
    return directory(`${type === 'ADConnector' ? 'AD Connector' : 'Simple AD'} ${size()}`, context);
  },
};

function directory(kind: string, context: Parameters<ResourcePricing['cost']>[1], count = CONTROLLERS) {
  const price = (sku: string, unit: string) => aws('directoryservice', sku, unit, context);
  return components(
    standing('controllers', `${kind}, domain controllers`, price(kind, 'hour'), 'platform', context, count),
    kind.startsWith('Microsoft')
      ? used('sharing', 'hours of accounts that share it', price('Directory sharing', 'hour'), 'platform')
      : null,
  );
}

const definitions = freeOf('a setting of a directory, which is billed by its controllers', [
  'aws_directory_service_conditional_forwarder',
  'aws_directory_service_log_subscription',
  'aws_directory_service_trust',
]);

export const directoryService: readonly ResourcePricing[] = [
  microsoftAd,
  simpleAd,
  anyDirectory,
  definitions,
];
