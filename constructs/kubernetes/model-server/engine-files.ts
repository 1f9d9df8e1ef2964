import type { EngineFile } from '#lib/engines/engine';

/** Key in the ConfigMap: its alphabet has no slash. */
export function fileKey(index: number, path: string): string {
  return `${index}-${path.slice(path.lastIndexOf('/') + 1).replaceAll(/[^A-Za-z0-9._-]/g, '-')}`;
}

/** Data of the ConfigMap. */
export function configData(files: readonly EngineFile[]): Readonly<Record<string, string>> {
  return Object.fromEntries(files.map(({ path, content }, index) => [fileKey(index, path), content]));
}

/** FNV-1a over 64 bits: tells two sets of files apart; protects nothing. */
export function digestOf(files: readonly EngineFile[]): string {
  let hash = 0xcb_f2_9c_e4_84_22_23_25n;
  for (const byte of new TextEncoder().encode(JSON.stringify(files))) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x1_00_00_00_01_b3n);
  }
  return hash.toString(16).padStart(16, '0');
}
