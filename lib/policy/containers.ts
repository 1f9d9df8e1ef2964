import type { ReadResource } from '#lib/artifacts/unresolved';
import type { Infrastructure } from '#lib/policy/infrastructure';
import { allContainers, type Container } from '#lib/policy/pods';
import type { Breach } from '#lib/policy/rule';
import { containersOf } from '#lib/policy/sagemaker-container';

/** Breaches of every container, wherever it runs: in a pod or behind an endpoint. */
export function ofEachContainer(
  wrong: (container: Container, owner: ReadResource) => readonly string[],
): (infrastructure: Infrastructure) => readonly Breach[] {
  return (infrastructure) => {
    const inPods = infrastructure.pods.flatMap((pod) =>
      allContainers(pod).map((container) => ({ container, owner: pod.owner })),
    );
    const behindEndpoints = infrastructure
      .ofType('AWS::SageMaker::Model')
      .flatMap((owner) => containersOf(owner).map((container) => ({ container, owner })));
    return [...inPods, ...behindEndpoints].flatMap(({ container, owner }) =>
      wrong(container, owner).map((what) => ({
        resource: owner,
        what: container.name === '' ? what : `container ${container.name} ${what}`,
      })),
    );
  };
}
