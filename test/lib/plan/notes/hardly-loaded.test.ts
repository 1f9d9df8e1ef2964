import { expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { compareEnvironment } from '#lib/compare/compare';
import { hardlyLoadedNotes } from '#lib/plan/notes/hardly-loaded';
import { makePortfolio } from '#lib/portfolio/make-portfolio';
import { loadEnvironment } from '#lib/spec/load-environment';

const catalog = loadCatalog();
const { environment } = loadEnvironment('environments/pilot.yaml', catalog);
const { assistant } = environment.scenarios;
if (assistant === undefined) throw new Error('the pilot has another scenario');

const at = (peak: number) => {
  const requestsPerSecond = { mean: peak, peak };
  const idle = { ...assistant, traffic: { ...assistant.traffic, requestsPerSecond } };
  const { eks, bedrock } = environment.options;
  if (eks === undefined || bedrock === undefined) throw new Error('the pilot has other options');
  return { ...environment, scenarios: { idle }, options: { eks, bedrock }, deploy: {} };
};
const asOf = '2026-11-23';
const notesAt = (peak: number) =>
  compareEnvironment({ environment: at(peak), catalog, asOf }).comparison.scenarios[0]?.options.map(
    ({ id, replicas, notes }) => [id, replicas, notes.some((note) => note.includes('less than 1 %'))],
  );

it('a fleet that next to nobody asks keeps a replica, and says so; what is paid by use keeps none', () => {
  expect(notesAt(1e-6)).toEqual([
    ['eks', 1, true],
    ['bedrock', 0, false],
  ]);
  expect(notesAt(0.5)).toEqual([
    ['eks', 1, false],
    ['bedrock', 0, false],
  ]);
});

it('counts the spares that stand for such a load too', () => {
  expect(hardlyLoadedNotes({ replicas: 2, headroom: 500 }, undefined)[0]).toContain('2 stand all month');
  expect(hardlyLoadedNotes({ replicas: 2, headroom: 100 }, undefined)).toEqual([]);
});

it('a portfolio says it of the scenario', () => {
  const { eks } = at(1).options;
  const idle = { ...at(1e-6), options: { eks } };
  const { notes } = makePortfolio({ environment: idle, catalog, asOf });
  expect(notes.join('\n')).toContain('idle: the peak takes less than 1 % of a replica');
});
