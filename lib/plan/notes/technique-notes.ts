import type { Engine } from '#lib/engines/engine';
import type { ServingDemand } from '#lib/sizing/sizing';
import { changesTheStep } from '#lib/sizing/techniques/techniques';
import type { Serving } from '#lib/spec/schema/option';
import type { Traffic } from '#lib/spec/schema/traffic';

/** What a reader must know of the techniques that an option switches on. */
export function techniqueNotes(
  { techniques }: ServingDemand,
  serving: Serving,
  traffic: Traffic,
  reusesPrefixes: boolean,
  engine: Engine,
): string[] {
  const notes: string[] = [];
  if (traffic.cachedShare > 0 && !reusesPrefixes) {
    notes.push(`${engine.title} is told not to reuse prefixes: no input counts as cached`);
  }
  if (traffic.cachedShare === 0 && serving.prefixCache !== undefined) {
    notes.push('a pool of prefixes is asked for and `traffic.cachedShare` is 0: it holds nothing');
  }
  if (techniques !== undefined && changesTheStep(techniques)) {
    notes.push(
      'speed with speculation, adapters or offload follows from the roofline: no measured run has them, so try it before you rely on it',
    );
  }
  if (serving.disaggregation !== undefined) {
    notes.push(
      'two fleets are sized apart and no measured run backs their figures',
      'the cache goes over the network of the pods: without RDMA in it the rate that is planned with is out of reach',
    );
  }
  if (serving.slice !== undefined) {
    notes.push(
      `slices ${serving.slice} get their share of the whole accelerator's measured operators: no measured run is of a slice`,
      `the device plugin must announce slices by name (MIG strategy mixed); docs/prerequisites.md says who cuts the GPUs`,
    );
  }
  if (serving.adapters !== undefined && serving.adapters.modules === undefined) {
    notes.push(
      'no adapter is named in `serving.adapters.modules`: the server has room for them and loads none',
    );
  }
  return notes;
}
