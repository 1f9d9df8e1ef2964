import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';
import { mirroredImage } from '#lib/plan/serving/mirrors';

type Values = Readonly<Record<string, unknown>>;

/** The chart with its images from a registry that passes on all others; the chart itself stays where it is. */
export function mirroredChart(chart: HelmChart, registry: string | undefined): HelmChart {
  if (registry === undefined) return chart;
  let values: Values = chart.values;
  for (const [path, name] of Object.entries(chart.images ?? {})) {
    values = withValue(values, path.split('.'), mirroredImage(name, registry));
  }
  return { ...chart, values };
}

function withValue(values: Values, [key = '', ...rest]: readonly string[], value: string): Values {
  if (rest.length === 0) return { ...values, [key]: value };
  const below = values[key];
  const inner = typeof below === 'object' && below !== null ? (below as Values) : {};
  return { ...values, [key]: withValue(inner, rest, value) };
}
