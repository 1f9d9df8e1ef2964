import { LandfallError } from '#lib/errors/landfall-error';
import { suggestion } from '#lib/errors/did-you-mean';

/** Environments that are shipped, as starting points; each is `environments/<id>.yaml`. */
export const PRESETS = [
  { id: 'pilot', title: 'A first assistant on a small model' },
  { id: 'support', title: 'A support assistant with a pool of mid-size models' },
  { id: 'knowledge', title: 'Answers from ten million pieces of your own text' },
  { id: 'scale', title: 'A product on several hundred GPUs' },
  { id: 'portfolio', title: 'Three scenarios that may share what they run on' },
] as const;
export type PresetId = (typeof PRESETS)[number]['id'];

/** The preset of that id. Throws LandfallError for another. */
export function presetOf(id: string): PresetId {
  const preset = PRESETS.find((each) => each.id === id);
  if (preset !== undefined) return preset.id;
  const ids = PRESETS.map((each) => each.id);
  throw new LandfallError({
    code: 'UNKNOWN_ENVIRONMENT',
    at: 'landfall init',
    got: `"${id}"`,
    expected: `one of ${ids.join(', ')}`,
    fix: suggestion(id, ids),
  });
}

/** A shipped environment's text under a new name, its editor line pointing at `schemaPath`. */
export function starterEnvironment(
  presetText: string,
  options: { readonly name: string; readonly schemaPath: string },
): string {
  return presetText
    .replace(/^# yaml-language-server: .*$/m, () => `# yaml-language-server: $schema=${options.schemaPath}`)
    .replace(/^name: .*$/m, () => `name: ${options.name}`);
}
