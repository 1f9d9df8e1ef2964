import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';

/** Where refreshed prices are kept and read. */
export interface PriceSource {
  /** Folder that `catalog refresh` fills. */
  readonly priceCache: string;
  /** What goes before the bundled prices: a folder or a pin; `undefined` where there is nothing yet, or nothing is wanted. */
  readonly prices: string | undefined;
}

/**
 * `LANDFALL_PRICES` names a folder of refreshed prices or a pin; `off` leaves them out. Without it they lie in the
 * user's cache (`$XDG_CACHE_HOME`, `%LOCALAPPDATA%` or `~/.cache`), and are read once something was refreshed.
 */
export function pricesFrom(env: Readonly<Record<string, string | undefined>>): PriceSource {
  const usual = join(cacheHome(env), 'landfall', 'prices');
  const named = env['LANDFALL_PRICES'] ?? '';
  if (named === 'off') return { priceCache: usual, prices: undefined };
  if (named !== '') return { priceCache: named, prices: named };
  return { priceCache: usual, prices: existsSync(usual) ? usual : undefined };
}

function cacheHome(env: Readonly<Record<string, string | undefined>>): string {
  const given = [env['XDG_CACHE_HOME'], env['LOCALAPPDATA']].find(
    (path) => path !== undefined && path !== '',
  );
  return given ?? join(homedir(), '.cache');
}
