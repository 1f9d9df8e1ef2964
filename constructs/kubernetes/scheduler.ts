import type { HelmChart } from '#constructs/kubernetes/kubernetes-object';

/** Runs replicas by the clock: the definition `ScaledObject` and what acts on it. */
export const KEDA: HelmChart = {
  release: 'keda',
  chart: 'keda',
  repository: 'https://kedacore.github.io/charts',
  version: '2.20.2',
  namespace: 'keda',
  createNamespace: true,
  values: {},
};
