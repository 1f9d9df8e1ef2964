/** What an operating system refuses for reasons outside the program, in words. */
const REFUSALS: Readonly<Record<string, string>> = {
  EACCES: 'no permission',
  EPERM: 'no permission',
  EROFS: 'a file system that is read-only',
  ENOSPC: 'no space left on the device',
  EDQUOT: 'no space left in the quota',
  EFBIG: 'a file larger than the file system takes',
  ENOENT: 'no such folder',
  EEXIST: 'a file where a folder should be',
  ENOTDIR: 'a file where a folder should be',
  EISDIR: 'a folder where a file should be',
  ENAMETOOLONG: 'a name longer than the file system takes',
  ELOOP: 'links that lead to each other',
  EIO: 'a device that fails',
  EINVAL: 'a name that the file system does not take',
};

/** Why the operating system refused to read or write; `null` for every other error. */
export function systemRefusal(error: unknown): string | null {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  return (typeof code === 'string' ? REFUSALS[code] : undefined) ?? null;
}
