import { aws, stated, type Component, type PricingContext } from '#lib/cost/resources/component';
import { valueAt } from '#lib/cost/resources/facts';
import type { ReadResource } from '#lib/artifacts/unresolved';

interface Lifecycle {
  /** The last day of standard support. */
  readonly ends: string;
  /** The day from which the support costs what the instances cost, for extended support was to be over. @default - never */
  readonly doubleFrom?: string;
}

const EARLY: Lifecycle = { ends: '2025-11-07', doubleFrom: '2026-11-07' };
const LAST_OF_5: Lifecycle = { ends: '2025-11-07' };
const LATE: Lifecycle = { ends: '2027-11-07' };

function each(
  lifecycle: Lifecycle,
  ...versions: readonly string[]
): readonly (readonly [string, Lifecycle])[] {
  return versions.map((version) => [version, lifecycle] as const);
}

/**
 * The versions that the service still runs and whose support ends on a day that is known. Source: the developer guide of
 * Amazon OpenSearch Service, "Standard and extended support", as it stood in November 2026.
 */
const LIFECYCLES: ReadonlyMap<string, Lifecycle> = new Map(
  [
    each(EARLY, 'Elasticsearch_1.5', 'Elasticsearch_2.3', 'Elasticsearch_5.1', 'Elasticsearch_5.3'),
    each(EARLY, 'Elasticsearch_5.5', 'Elasticsearch_6.0', 'Elasticsearch_6.2', 'Elasticsearch_6.3'),
    each(EARLY, 'Elasticsearch_6.4', 'Elasticsearch_6.5', 'Elasticsearch_6.7', 'Elasticsearch_7.1'),
    each(EARLY, 'Elasticsearch_7.4', 'Elasticsearch_7.7', 'Elasticsearch_7.8'),
    each(LAST_OF_5, 'Elasticsearch_5.6'),
    each(LATE, 'Elasticsearch_6.8', 'Elasticsearch_7.9', 'Elasticsearch_7.10'),
    each(EARLY, 'OpenSearch_1.0', 'OpenSearch_1.1', 'OpenSearch_1.2', 'OpenSearch_2.3', 'OpenSearch_2.5'),
    each(EARLY, 'OpenSearch_2.7', 'OpenSearch_2.9'),
    each(LATE, 'OpenSearch_1.3', 'OpenSearch_2.11', 'OpenSearch_2.13', 'OpenSearch_2.15', 'OpenSearch_2.17'),
    each(LATE, 'OpenSearch_2.19'),
  ].flat(),
);

/** Normalised hours in an hour of an instance, by its size; from the same guide. */
const FACTORS: Readonly<Record<string, number>> = {
  nano: 0.25,
  micro: 0.5,
  small: 1,
  medium: 2,
  large: 4,
  xlarge: 8,
};

/** `2xlarge` counts twice what `xlarge` does. */
function factorOf(type: string): number | undefined {
  const size = type.split('.')[1] ?? '';
  const times = /^(\d+)xlarge$/.exec(size)?.[1];
  return times === undefined ? FACTORS[size] : Number(times) * 8;
}

/** What the old kinds of domain run where nothing states it. */
const OLD_DEFAULT = '1.5';

/** `OpenSearch_2.9`. @returns `undefined` for the newest, which new domains run, and for what does not show */
function versionOf(domain: ReadResource): string | undefined {
  const isOld = domain.type === 'AWS::Elasticsearch::Domain' || domain.type === 'aws_elasticsearch_domain';
  const stated = valueAt(domain, isOld ? 'ElasticsearchVersion' : 'EngineVersion');
  const version = isOld && stated === undefined ? OLD_DEFAULT : stated;
  if (typeof version !== 'string') return undefined;
  return isOld ? `Elasticsearch_${version}` : version;
}

/**
 * What nodes of a domain past its standard support cost beside their hours.
 *
 * @param nodes - Hours of nodes, priced by their type
 */
export function supportOfNodes(
  domain: ReadResource,
  nodes: readonly Component[],
  context: PricingContext,
): readonly Component[] {
  const version = versionOf(domain) ?? '';
  const lifecycle = LIFECYCLES.get(version);
  if (lifecycle === undefined || context.asOf <= lifecycle.ends) return [];
  const isDouble = lifecycle.doubleFrom !== undefined && context.asOf >= lifecycle.doubleFrom;
  const why = `standard support of ${version} ended on ${lifecycle.ends}`;
  return nodes.map(({ key, price, quantityPerMonth, basis }) => {
    const line = {
      key: `${key}-extended-support`,
      label: 'OpenSearch Extended Support',
      hours: quantityPerMonth ?? 0,
    };
    if (isDouble) {
      const since = `${basis}; ${why}, and since ${lifecycle.doubleFrom} it costs what the instances cost`;
      return stated(line.key, line.label, price, 'retrieval', line.hours, since);
    }
    const factor = factorOf(price.sku);
    const normalised = aws('opensearch', 'Extended support', 'NIH', context);
    if (factor === undefined)
      return { ...stated(line.key, line.label, normalised, 'retrieval', 0), quantityPerMonth: null };
    return stated(
      line.key,
      line.label,
      normalised,
      'retrieval',
      factor * line.hours,
      `${factor} × ${basis}; ${why}`,
    );
  });
}
