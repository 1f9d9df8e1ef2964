import { secretIn } from '#lib/text/secrets';

/** What classes, versions, names and ARNs are written with. A password has other marks, or is random. */
const FORM = /^[A-Za-z\d][\w .:/@+-]{0,199}$/;
/** No form of a secret is shorter. */
const LEAST_OF_A_SECRET = 14;

/** An app asks for the same few words thousands of times. */
const KNOWN = new Map<string, boolean>();

/** Whether a text of an app may be shown as what it says it is: a class, a version, a name. Else it may be a secret. */
export function isPlainWord(text: string): boolean {
  if (text.length < LEAST_OF_A_SECRET) return text === '' || FORM.test(text);
  let isPlain = KNOWN.get(text);
  if (isPlain === undefined) {
    isPlain = FORM.test(text) && secretIn(text) === undefined;
    KNOWN.set(text, isPlain);
  }
  return isPlain;
}

/** `us-east-1`, `us-gov-west-1`, `us-central1`, `global`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,12}(?:-[a-z]{2,12})*(?:-?\d{1,2})?(?:-[a-z])?$/.test(text);
}

/** A class of instances has a point: `m5.large`, `db.r6g.large`, `cache.t4g.micro Windows`. */
export function hasClass(sku: string): boolean {
  return /(?:^| )[A-Za-z\d-]+\.[A-Za-z\d.-]+/.test(sku);
}
