import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ociAddress, type HelmChart } from '#constructs/kubernetes/kubernetes-object';
import { clusterObjects } from '#bin/synthesis/cluster-objects';
import type { Plan } from '#lib/plan/plan';

/** Plain Kubernetes YAML of one plan, for GitOps. Returns the commands that bring it up, charts first. */
export function writeManifests(plan: Plan, written: string, folder: string): string[] {
  const cluster = clusterObjects(plan);
  mkdirSync(join(written, plan.option), { recursive: true });
  writeFileSync(join(written, plan.option, 'objects.yaml'), cluster.render());
  const charts = cluster.charts.map((chart) => {
    const values = join(plan.option, `${chart.release}.values.yaml`);
    writeFileSync(join(written, values), stringify(chart.values));
    return helmCommand(chart, join(folder, values));
  });
  return [...charts, `kubectl apply --server-side -f ${join(folder, plan.option, 'objects.yaml')}`];
}

function helmCommand(chart: HelmChart, values: string): string {
  const { release, repository, version, namespace, createNamespace } = chart;
  const source = ociAddress(chart) ?? `${chart.chart} --repo ${repository}`;
  const words = ['helm upgrade --install', release, source, `--version ${version}`];
  return [
    ...words,
    `-n ${namespace}`,
    ...(createNamespace ? ['--create-namespace'] : []),
    `-f ${values}`,
  ].join(' ');
}
