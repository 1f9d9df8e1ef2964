// Writes docs/books.md: the two books of every shipped option beside each other, and what has no price. About two minutes:
// every option is synthesized. `npm run books`; not a part of `npm run docs`.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { parse } from 'yaml';

import { main } from '../bin/main';
import type { Estimate } from '../lib/cost/estimate';
import { count, percent, usd } from '../lib/report/format';

const AS_OF = '2026-11-23';
const PAGE = 'docs/books.md';

interface Written {
  readonly name: string;
  readonly scenarios: Readonly<Record<string, unknown>>;
  readonly options: Readonly<Record<string, unknown>>;
}

async function bill(words: readonly string[]): Promise<Estimate | null> {
  const surroundings = { today: AS_OF, color: false, width: 100, debug: true };
  const { stdout, exitCode } = await main(['estimate', ...words, '--json'], surroundings);
  if (exitCode !== 0) return null;
  const document: Estimate = JSON.parse(stdout);
  return document;
}

/** One option of a scenario: the plan's bill, and how the artifacts' stands against it. */
async function row(path: string, name: string, scenario: string, option: string): Promise<string> {
  const which = [path, '--scenario', scenario, '--option', option];
  const plan = await bill(which);
  if (plan === null) return `| ${name} | ${scenario} | ${option} | does not fit | | | | | | |`;
  const second = await bill([...which, '--from', 'artifacts']);
  const books = second?.reconciliation ?? null;
  if (books === null) throw new Error(`no second book of ${which.join(' ')}`);
  const { totals, prices, unpriced, lines } = plan;
  const causes = books.differences.map(({ key, why }) => `${key.split('/').slice(1, 3).join(' ')}: ${why}`);
  return `| ${[
    name,
    scenario,
    option,
    usd(totals.monthlyUsd.base, plan.atLeast),
    books.planMonthlyUsd.toFixed(2),
    books.artifactMonthlyUsd.toFixed(2),
    causes.length === 0 ? 'none' : causes.join('; '),
    count(books.unaccountedResources.length),
    `${count(unpriced.length)} of ${count(lines.length)}`,
    `${percent(prices.derivedShare)}, ${percent(prices.assumedShare)}`,
  ].join(' | ')} |`;
}

async function write(): Promise<void> {
  const rows: string[] = [];
  for (const file of readdirSync('environments').toSorted()) {
    const path = `environments/${file}`;
    const { name, scenarios, options }: Written = parse(readFileSync(path, 'utf8'));
    for (const scenario of Object.keys(scenarios)) {
      for (const option of Object.keys(options)) {
        rows.push(await row(path, name, scenario, option));
        console.log(`${name} ${scenario} ${option}`);
      }
    }
  }
  const page = `# The two books of every shipped option

Made by \`npm run books\`, as of ${AS_OF}, by the bundled prices. USD a month for the deployed fleet. "Plan" and "artifacts" are what both books know; the month is the whole bill of the plan over its horizon, people and other intangible cost included. A resource that is not accounted for would be neither priced, free with a reason, paid by use nor listed without a price. "Derived, assumed" are shares of the money. Figures move with prices and sizing: this is how they stood when it was made. What must hold whatever they are (nothing unaccounted for, equal to the cent or with a cause) is \`test/synth/two-books.test.ts\`.

| environment | scenario | option | month | plan | artifacts | differences | unaccounted | lines without a price | derived, assumed |
| --- | --- | --- | ---: | ---: | ---: | --- | ---: | ---: | ---: |
${rows.join('\n')}
`;
  writeFileSync(PAGE, page);
  execFileSync('npx', ['prettier', '--write', PAGE], { stdio: 'ignore' });
  console.log(`${PAGE} is up to date: ${rows.length} options`);
}

void write();
