import { makeBundle, type BundleParts, type PlanBundle } from '#lib/lifecycle/bundle';

const NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** A bundle of one stack with one change, valid on 2026-11-30. */
export function smallBundle(parts: Partial<BundleParts> = {}): PlanBundle {
  return makeBundle({
    landfall: '0.1.0',
    environment: 'small',
    createdAt: '2026-11-30T09:00:00Z',
    expiresAt: '2026-12-01T09:00:00Z',
    request: {
      environment: 'small.yaml',
      option: null,
      scenario: null,
      prices: null,
      constants: null,
      modelConfig: null,
    },
    inputs: [{ path: 'small.yaml', sha256: NOTHING }],
    catalogSha256: NOTHING,
    stacks: [
      {
        stack: 'small-bedrock-serving',
        provisioner: 'cdk',
        region: 'us-east-1',
        artifactSha256: NOTHING,
        live: { kind: 'template', sha256: NOTHING },
        plannedAfter: [],
        changes: [
          {
            address: 'Key',
            type: 'AWS::KMS::Key',
            action: 'update',
            paths: [{ path: 'Properties.EnableKeyRotation', was: 'beef' }],
            keeps: null,
          },
        ],
      },
    ],
    dangers: [],
    cost: { afterMonthlyUsd: 10, beforeMonthlyUsd: null, isAtLeast: false },
    ...parts,
  });
}
