import { textOf, type Flags } from '#bin/command';

/** An environment's path and which part of it was asked for: what a command to copy must say again. */
export function selectionWords(path: string, flags: Flags): string {
  const [option, scenario] = [textOf(flags, 'option'), textOf(flags, 'scenario')];
  return [
    path,
    ...(option === undefined ? [] : ['--option', option]),
    ...(scenario === undefined ? [] : ['--scenario', scenario]),
  ].join(' ');
}
