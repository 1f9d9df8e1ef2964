import { JSONParser } from '@streamparser/json';
import { IncompleteDocument, UnknownForm, type DocumentReader } from '#lib/price-feeds/document-reader';

export interface JsonStreamProps<Value> {
  /** Which values are wanted, in the parser's form: `$.products.*`. What holds them is never built. */
  readonly paths: readonly string[];
  /** Takes a wanted value with the keys that lead to it. */
  readonly take: (value: unknown, keys: readonly string[]) => void;
  readonly end: () => Value;
}

/** Reads a JSON document of any size and holds no more of it than the values that are taken one by one. */
export function jsonStream<Value>({ paths, take, end }: JsonStreamProps<Value>): DocumentReader<Value> {
  const parser = new JSONParser({ paths: [...paths], keepStack: false });
  let failure: Error | undefined;
  parser.onValue = ({ value, key, stack }) => {
    const keys = [...stack.slice(1).map((level) => level.key), key];
    take(value, keys.map(String));
  };
  parser.onError = (error) => {
    failure ??= error;
  };
  return {
    write: (chunk) => {
      if (failure === undefined && !parser.isEnded) parser.write(chunk);
      if (failure instanceof UnknownForm) throw failure;
      if (failure !== undefined) throw new UnknownForm(`not JSON: ${failure.message.slice(0, 120)}`);
    },
    end: () => {
      if (!parser.isEnded) throw new IncompleteDocument('the JSON does not end');
      return end();
    },
  };
}
