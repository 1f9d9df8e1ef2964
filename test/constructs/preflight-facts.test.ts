import { App, Stack } from 'aws-cdk-lib';
import { describe, expect, it } from 'vitest';
import { metalObjects } from '#constructs/kubernetes/metal/metal-objects';
import { STORE_KINDS } from '#constructs/kubernetes/stores/store';
import { BOOTSTRAP } from '#lib/preflight/checks/account';
import { GROUPS_OF_CHARTS, isForeign, METAL_DEFINITIONS } from '#lib/preflight/checks/cluster-needs';
import { inventoryOf, metal } from '../_support/metal-slice';

/** What `lib/preflight` says of constructs, which it may not import. */
describe('a preflight knows', () => {
  it('which definitions own servers are declared by', () => {
    const kinds = metalObjects(metal, inventoryOf())
      .filter(({ apiVersion }) => isForeign(apiVersion))
      .map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
    const known = METAL_DEFINITIONS.map(({ apiVersion, kind }) => `${apiVersion}/${kind}`);
    expect([...new Set(kinds)].toSorted()).toEqual(known.toSorted());
  });

  it('what bootstrap the assembly asks for', () => {
    const app = new App({ analyticsReporting: false });
    new Stack(app, 'Any');
    const { requiresBootstrapStackVersion, bootstrapStackVersionSsmParameter } = app
      .synth()
      .getStackByName('Any');
    expect(requiresBootstrapStackVersion).toBe(BOOTSTRAP.atLeast);
    expect(bootstrapStackVersionSsmParameter).toBe(`/cdk-bootstrap/${BOOTSTRAP.qualifier}/version`);
  });

  it('which charts bring the definitions of stores', () => {
    const releases = Object.values(STORE_KINDS).flatMap(({ operator }) => operator?.release ?? []);
    expect(releases.filter((release) => !Object.values(GROUPS_OF_CHARTS).includes(release))).toEqual([]);
    expect(releases.length).toBeGreaterThan(0);
  });
});
