/** Engines as the price list calls them, by their ids. Editions with a licence are other products than those without. */
const NAMES: Readonly<Record<string, string>> = {
  mysql: 'MySQL',
  mariadb: 'MariaDB',
  postgres: 'PostgreSQL',
  'sqlserver-ex': 'SQL Server Express',
  'sqlserver-web': 'SQL Server Web',
  'sqlserver-se': 'SQL Server Standard',
  'sqlserver-ee': 'SQL Server Enterprise',
  'oracle-se1': 'Oracle Standard One',
  'oracle-se2': 'Oracle Standard Two',
  'oracle-ee': 'Oracle Enterprise',
  'db2-se': 'Db2 Standard',
  'db2-ae': 'Db2 Advanced',
};

/** Sold without a licence alone (Amazon RDS User Guide, "RDS for Oracle licensing options" and "RDS for Db2"). */
const OWN_LICENCE_ALONE: ReadonlySet<string> = new Set(['oracle-ee', 'db2-se', 'db2-ae']);

/**
 * What the price list calls an engine: `PostgreSQL`, `SQL Server Web`, `Oracle Enterprise BYOL`. One that is not known
 * keeps its id, which no price answers to.
 *
 * @param engine - As RDS knows it: `oracle-se2-cdb`
 * @param licence - `license-included` or `bring-your-own-license`. @default - included, where it is sold so
 */
export function databaseName(engine: string, licence: string | undefined): string {
  const id = engine.replace(/-cdb$/, '');
  const name = NAMES[id];
  if (name === undefined) return engine;
  const isOwn = licence === 'bring-your-own-license' || OWN_LICENCE_ALONE.has(id);
  return isOwn && /^(?:Oracle|Db2)/.test(name) ? `${name} BYOL` : name;
}
