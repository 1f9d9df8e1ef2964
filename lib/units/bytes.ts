/** Bytes in a GiB. Memory as the machine reports it. */
export const GIB = 2 ** 30;

/** Bytes in a GB. Memory and storage as datasheets and bills state it. */
export const GB = 1e9;

export function bytesToGib(bytes: number): number {
  return bytes / GIB;
}
