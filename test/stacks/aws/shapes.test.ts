import { describe, expect, it } from 'vitest';
import { eksStacks } from '#stacks/aws/eks-stacks';
import { shapedPlan } from '../../_support/shapes';
import { templatesOf } from '../../_support/template';

interface Chart {
  readonly Properties: {
    readonly Release: string;
    readonly Chart: string;
    readonly Repository: string;
    readonly Values: string;
  };
}

function chartsOf(scenario: string, option: string): readonly Chart['Properties'][] {
  const { Serving } = templatesOf((scope) => eksStacks(scope, shapedPlan(scenario, option)));
  const charts = Serving?.findResources('Custom::AWSCDK-EKS-HelmChart') ?? {};
  return (Object.values(charts) as Chart[]).map(({ Properties }) => Properties);
}

describe('shapes of serving on EKS', () => {
  it('announce slices by their profile', () => {
    const [plugin] = chartsOf('chat', 'eks-slices');
    expect(plugin?.Values).toContain('"migStrategy":"mixed"');
    expect(chartsOf('chat', 'eks-nodes')[0]?.Values).not.toContain('migStrategy');
  });

  it('announce cards with EFA where replicas span nodes, and of the planned shape alone', () => {
    const plugins = (scenario: string, option: string) =>
      chartsOf(scenario, option).filter(({ Release }) => Release === 'aws-efa-k8s-device-plugin');
    expect(plugins('giant', 'eks-nodes')).toEqual([
      expect.objectContaining({ Values: expect.stringContaining('"values":["p5.48xlarge"]') as string }),
    ]);
    expect(plugins('chat', 'eks-slices')).toEqual([]);
  });

  it('pull the operator of groups by the whole address that its registry has', () => {
    expect(chartsOf('giant', 'eks-nodes').find(({ Release }) => Release === 'lws')).toMatchObject({
      Chart: 'lws',
      Repository: 'oci://registry.k8s.io/lws/charts/lws',
    });
  });
});
