/** A fact that only the deployment knows. Thrown by the readers of facts and turned into a state by the bill. */
export class OpenFact extends Error {}

/** What is said of a text instead of the text, where it may be a secret. */
export function notShown(path: string): OpenFact {
  return new OpenFact(`${path} has not the form of its values, and is not shown: it may be a secret`);
}
