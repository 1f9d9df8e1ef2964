import { danger, type Danger } from '#lib/diff/dangers/danger';
import type { Plan } from '#lib/plan/plan';
import { areaOf } from '#lib/targets/port/site';

/** Inference profiles by how far a request may travel. */
const REACH = ['in-region', 'regional', 'global'] as const;

/** Answers that were filtered no longer are, or what is asked may be processed where it was not before. */
export function broadenings(from: Plan, to: Plan): Danger[] {
  return [...filters(from, to), ...reach(from, to), ...areas(from, to)];
}

function filters({ managed: from }: Plan, { managed: to }: Plan): Danger[] {
  if (from?.guardrail !== true || to?.guardrail === true) return [];
  return [danger('broadening', 'Serving/Guardrail', ['filters', 'none'], 'managed.guardrail')];
}

function reach({ managed: from }: Plan, { managed: to }: Plan): Danger[] {
  if (from === null || to === null) return [];
  if (REACH.indexOf(to.profile) <= REACH.indexOf(from.profile)) return [];
  return [danger('broadening', 'Serving/Profile', [from.profile, to.profile], 'managed.profile')];
}

function areas(from: Plan, to: Plan): Danger[] {
  const [before, after] = [from, to].map(areaWords);
  if (before === after || before === undefined || after === undefined) return [];
  return [danger('broadening', 'Data', [before, after], 'network.region')];
}

/** Where data lies; `undefined` where nothing says it. */
function areaWords({ network: { region }, facility }: Plan): string | undefined {
  if (region !== null) return areaOf(region) ?? region;
  return facility === null ? undefined : 'own servers';
}
