import { loadCatalog } from '#lib/catalog/load';
import { loadEnvironment } from '#lib/spec/load-environment';
import type { Environment } from '#lib/spec/schema/environment';

export const AS_OF = '2026-11-23';
export const HOSTILE = `</script><img src=x onerror="document.title='owned'"> & 'q' <!--`;

/** Two options of a shipped environment, one by use and one with a fleet: whole decision papers in seconds. */
export function reportEnvironment(title?: string): Environment {
  const { environment } = loadEnvironment('environments/support.yaml', loadCatalog());
  const [[id, scenario] = []] = Object.entries(environment.scenarios);
  const { bedrock, leased } = environment.options;
  if (id === undefined || scenario === undefined || !bedrock || !leased) throw new Error('no such options');
  return {
    ...environment,
    deploy: {},
    scenarios: { [id]: { ...scenario, title: title ?? scenario.title } },
    options: { bedrock, leased: { ...leased, title: title ?? leased.title } },
  };
}
