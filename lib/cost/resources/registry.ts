import type { ReadResource } from '#lib/artifacts/unresolved';
import type { PricingContext, ResourceCost, ResourcePricing } from '#lib/cost/resources/component';
import { isRegion } from '#lib/cost/resources/plain-word';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { freeTypes } from '#lib/cost/resources/free-types';
import { costOfObject, kubernetes } from '#lib/cost/resources/kubernetes';
import { agentCore } from '#lib/cost/resources/services/agentcore';
import { apiGateway } from '#lib/cost/resources/services/api-gateway';
import { applications } from '#lib/cost/resources/services/applications';
import { bedrock } from '#lib/cost/resources/services/bedrock';
import { containers } from '#lib/cost/resources/services/containers';
import { databases } from '#lib/cost/resources/services/databases';
import { delivery } from '#lib/cost/resources/services/delivery';
import { ec2 } from '#lib/cost/resources/services/ec2';
import { devices } from '#lib/cost/resources/services/devices';
import { directoryService } from '#lib/cost/resources/services/directory-service';
import { mail } from '#lib/cost/resources/services/mail';
import { migration } from '#lib/cost/resources/services/migration';
import { streamProcessing } from '#lib/cost/resources/services/stream-processing';
import { eks } from '#lib/cost/resources/services/eks';
import { elsewhere } from '#lib/cost/resources/services/elsewhere';
import { fileStorage } from '#lib/cost/resources/services/file-storage';
import { fleets } from '#lib/cost/resources/services/fleets';
import { keyValue } from '#lib/cost/resources/services/key-value';
import { lambdaPricing } from '#lib/cost/resources/services/lambda';
import { messaging } from '#lib/cost/resources/services/messaging';
import { network } from '#lib/cost/resources/services/network';
import { observability } from '#lib/cost/resources/services/observability';
import { openSearch } from '#lib/cost/resources/services/opensearch';
import { s3 } from '#lib/cost/resources/services/s3';
import { sageMaker } from '#lib/cost/resources/services/sagemaker';
import { security } from '#lib/cost/resources/services/security';
import { aiServices } from '#lib/cost/resources/services/ai-services';
import { dax } from '#lib/cost/resources/services/dax';
import { desktops } from '#lib/cost/resources/services/desktops';
import { development } from '#lib/cost/resources/services/development';
import { dsql } from '#lib/cost/resources/services/dsql';
import { emr } from '#lib/cost/resources/services/emr';
import { lightsail } from '#lib/cost/resources/services/lightsail';
import { settings } from '#lib/cost/resources/services/settings';
import { terraformParts } from '#lib/cost/resources/services/terraform-parts';
import { streams } from '#lib/cost/resources/services/streams';

/** Every kind of resource that is known, the exact types before those of a whole service. */
export const RESOURCE_PRICING: readonly ResourcePricing[] = [
  ...ec2,
  ...fleets,
  ...eks,
  ...elsewhere,
  ...containers,
  ...lambdaPricing,
  ...sageMaker,
  ...bedrock,
  ...agentCore,
  ...openSearch,
  ...databases,
  ...keyValue,
  ...s3,
  ...fileStorage,
  ...network,
  ...delivery,
  ...apiGateway,
  ...messaging,
  ...streams,
  ...observability,
  ...security,
  ...applications,
  ...streamProcessing,
  ...migration,
  ...mail,
  ...directoryService,
  ...devices,
  ...aiServices,
  ...dax,
  ...desktops,
  ...development,
  ...dsql,
  ...emr,
  ...lightsail,
  ...settings,
  ...terraformParts,
  ...kubernetes,
  ...freeTypes,
];

const EXACT = new Map<string, ResourcePricing>();
const PREFIXES: (readonly [prefix: string, pricing: ResourcePricing])[] = [];
for (const pricing of RESOURCE_PRICING) {
  for (const type of pricing.types) {
    if (type.endsWith('*')) PREFIXES.push([type.slice(0, -1), pricing]);
    else if (!EXACT.has(type)) EXACT.set(type, pricing);
  }
}

/** Types that were asked for: an app has thousands of resources of a few types. */
const ASKED = new Map<string, ResourcePricing | null>();

/** `undefined` where nobody has said yet what a type costs. */
export function pricingOf(type: string): ResourcePricing | undefined {
  let pricing = ASKED.get(type);
  if (pricing === undefined) {
    pricing = EXACT.get(type) ?? PREFIXES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? null;
    ASKED.set(type, pricing);
  }
  return pricing ?? undefined;
}

/** What a resource costs; a fact that only the deployment knows makes it unpriced, with what decides it. */
export function costOf(resource: ReadResource, context: PricingContext): ResourceCost | null {
  const pricing = pricingOf(resource.type);
  if (resource.isUnread) return { state: 'unpriced', why: 'what it holds is not part of these artifacts' };
  if (!isRegion(context.region)) return { state: 'unpriced', why: 'its region has not the form of one' };
  if (pricing !== undefined && context.noSuchRegion !== undefined) {
    return { state: 'unpriced', why: context.noSuchRegion };
  }
  // There is no end to the kinds of objects that a cluster may be taught.
  const cost = pricing?.cost ?? (resource.format === 'kubernetes' ? costOfObject : undefined);
  if (cost === undefined) return null;
  try {
    return cost(resource, context);
  } catch (error) {
    if (error instanceof OpenFact) return { state: 'unpriced', why: error.message };
    throw error;
  }
}
