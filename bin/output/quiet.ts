import type { Flags } from '#bin/command';
import { whatDecides, type Screen } from '#lib/report/document-model';

/** The screen, or with `--quiet` only what decides. */
export function asAsked(screen: Screen, flags: Flags): Screen {
  return flags['quiet'] === true ? whatDecides(screen) : screen;
}
