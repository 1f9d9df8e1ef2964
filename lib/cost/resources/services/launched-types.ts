import type { ReadResource } from '#lib/artifacts/unresolved';
import type { NodeSize } from '#lib/catalog/node-sizes';
import type { Component, PricingContext } from '#lib/cost/resources/component';
import { blocksAt, numberAt, resourceAt, textAt, valueAt } from '#lib/cost/resources/facts';
import { OpenFact } from '#lib/cost/resources/open-fact';
import { instances, launchTemplateData, type Term } from '#lib/cost/resources/services/ec2';
import { typesMeeting } from '#lib/cost/resources/services/instance-requirements';
import { soldAs } from '#lib/cost/resources/services/sold-as';

/** One type that a group or a fleet may launch. */
export interface LaunchedType {
  /** As it is sold: `m5.large Windows`. */
  readonly sold: string;
  /** How much of the stated capacity one instance of it is. */
  readonly weight: number;
  /** Of the template that it is launched by; `undefined` where that is not part of the artifacts. */
  readonly data: ReadResource | undefined;
  /** What of its attributes nothing here tells. */
  readonly ignored: readonly string[];
}

/** In what a capacity is counted: instances with their weights, or what instances have. */
export type CapacityUnit = 'units' | 'vcpu' | 'memory-mib';

/** How the type is chosen among several: in their order, the cheapest, or as capacity is at hand. */
export type Choice = 'first' | 'cheapest' | 'market';

/** The type that is taken for what is launched, and how many of it stand for the capacity. */
export interface Launch {
  readonly component: Component;
  readonly sold: string;
  readonly count: number;
  readonly data: ReadResource | undefined;
}

/** The template that a group or a fleet launches by, wherever its format names it. */
export function templateOf(
  resource: ReadResource,
  path: string,
  context: PricingContext,
): ReadResource | undefined {
  const named = ['LaunchTemplateId', 'Id', 'LaunchTemplateName', 'Name'].map((name) =>
    resourceAt(resource, `${path}.${name}`, context),
  );
  const template = named.find((each) => each !== undefined);
  return template === undefined ? undefined : launchTemplateData(template);
}

/**
 * What a template with overrides may launch, in their order: the template's own type where there are none.
 *
 * @param overrides - parts of the group or fleet, each in the place of what the template says
 */
export function launchedTypes(
  overrides: readonly ReadResource[],
  data: ReadResource | undefined,
  unit: CapacityUnit,
  context: PricingContext,
): readonly LaunchedType[] {
  const own = overrides.length > 0 ? overrides : data === undefined ? [] : [data];
  return own.flatMap((override): readonly LaunchedType[] => {
    const template = templateOf(override, 'LaunchTemplateSpecification', context) ?? data;
    const weight = numberAt(override, 'WeightedCapacity') ?? 1;
    const attributes = [override, template].find(
      (each) => each !== undefined && valueAt(each, 'InstanceRequirements') !== undefined,
    );
    const type = textAt(override, 'InstanceType');
    if (type === undefined && attributes !== undefined) {
      return byAttributes(attributes, weight, template, unit, context);
    }
    const known = type ?? (template === undefined ? undefined : textAt(template, 'InstanceType'));
    if (known === undefined) return [];
    const size = context.nodeSizes().get(known);
    return [
      { sold: soldAs(known, template), weight: weightIn(unit, weight, size), data: template, ignored: [] },
    ];
  });
}

function byAttributes(
  holder: ReadResource,
  weight: number,
  template: ReadResource | undefined,
  unit: CapacityUnit,
  context: PricingContext,
): readonly LaunchedType[] {
  const [requirements = holder] = blocksAt(holder, 'InstanceRequirements');
  const { sizes, ignored } = typesMeeting(requirements, context.nodeSizes());
  if (sizes.length === 0) {
    throw new OpenFact('InstanceRequirements choose its type, and no type is known to meet them');
  }
  return sizes.map((size) => ({
    sold: soldAs(size.id, template),
    weight: weightIn(unit, weight, size),
    data: template,
    ignored,
  }));
}

function weightIn(unit: CapacityUnit, weight: number, size: NodeSize | undefined): number {
  if (unit === 'units') return weight;
  if (size === undefined)
    throw new OpenFact(`its capacity is counted in ${unit}, which its type is not known by`);
  return unit === 'vcpu' ? size.vcpus : size.memoryGib * 1024;
}

/**
 * Instances that stand for a capacity: of the first type, or of the one whose instances cost the least, with the
 * dearest as the high end of the line where the market decides.
 *
 * @throws OpenFact where there is no type
 */
export function launched(
  types: readonly LaunchedType[],
  capacity: number,
  { term, choice }: { readonly term: Term; readonly choice: Choice },
  context: PricingContext,
): Launch {
  const all = types.map((type): Launch & { readonly usd: number | null } => {
    const count = Math.ceil(capacity / type.weight);
    const component = instances(type.sold, count, context, term);
    const usd = context.usdOf(component.price);
    return { component, sold: type.sold, count, data: type.data, usd: usd === null ? null : usd * count };
  });
  const [first, ...others] = all;
  if (first === undefined) throw new OpenFact('its launch template is not part of these artifacts');
  const weighed = types.some(({ weight }) => weight !== 1)
    ? `${first.component.basis}, for a capacity of ${capacity}`
    : first.component.basis;
  if (choice === 'first' || others.length === 0) {
    return { ...first, component: { ...first.component, basis: weighed } };
  }
  const known = all.filter(({ usd }) => usd !== null).toSorted((a, b) => (a.usd ?? 0) - (b.usd ?? 0));
  const cheapest = known[0] ?? first;
  const dearest = known.at(-1) ?? first;
  const { component } = cheapest;
  const without = all.length - known.length;
  const ignored = [...new Set(types.flatMap((type) => type.ignored))];
  const basis = [
    component.basis,
    types.some(({ weight }) => weight !== 1) ? `, for a capacity of ${capacity}` : '',
    `; the cheapest of the ${all.length} types that it may launch`,
    choice === 'market' ? `, of which capacity at hand decides: up to ${dearest.sold}` : '',
    without > 0 && known.length > 0 ? `; ${without} of them without a known price` : '',
    ignored.length > 0 ? `; left out of account: ${ignored.join(', ')}` : '',
  ].join('');
  const { price, quantityPerMonth } = dearest.component;
  return {
    ...cheapest,
    component: {
      ...component,
      basis,
      quantityIs: 'assumed',
      ...(choice === 'market' ? { upTo: { price, quantityPerMonth } } : {}),
    },
  };
}
