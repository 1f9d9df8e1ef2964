import type * as z from 'zod';

/** Takes a document in pieces, as they arrive, and makes something of it at its end. */
export interface DocumentReader<Value> {
  readonly write: (chunk: Uint8Array) => void;
  /** @throws IncompleteDocument where the document ended too early */
  readonly end: () => Value;
}

/** What is known of a document that was read. */
export interface DocumentFacts {
  /** After redirects. */
  readonly url: string;
  /** Of its bytes. */
  readonly sha256: string;
  readonly bytes: number;
}

/** Reads a document from somewhere; the reader is made anew for every attempt. */
export type ReadDocument = <Value>(
  url: string,
  reader: () => DocumentReader<Value>,
) => Promise<{ readonly value: Value; readonly facts: DocumentFacts }>;

/** The document ended before it was whole: another attempt may help. */
export class IncompleteDocument extends Error {}

/** The document is not in the form that its publisher documents: another attempt would not help. */
export class UnknownForm extends Error {}

/** Documents that are read whole; price lists are not. */
const MAXIMUM_WHOLE_BYTES = 64 * 2 ** 20;

/** The whole text of a document of moderate size. */
export function textReader(): DocumentReader<string> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const pieces: string[] = [];
  let bytes = 0;
  const decode = (chunk?: Uint8Array) => {
    try {
      return chunk === undefined ? decoder.decode() : decoder.decode(chunk, { stream: true });
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      throw new UnknownForm('not a text in UTF-8');
    }
  };
  return {
    write: (chunk) => {
      bytes += chunk.length;
      if (bytes > MAXIMUM_WHOLE_BYTES) throw new UnknownForm(`more than ${MAXIMUM_WHOLE_BYTES} bytes`);
      pieces.push(decode(chunk));
    },
    end: () => pieces.join('') + decode(),
  };
}

/** The bytes of a document of moderate size. */
export function bytesReader(): DocumentReader<Uint8Array> {
  const pieces: Uint8Array[] = [];
  let bytes = 0;
  return {
    write: (chunk) => {
      bytes += chunk.length;
      if (bytes > MAXIMUM_WHOLE_BYTES) throw new UnknownForm(`more than ${MAXIMUM_WHOLE_BYTES} bytes`);
      pieces.push(chunk.slice());
    },
    end: () => {
      const whole = new Uint8Array(bytes);
      let at = 0;
      for (const piece of pieces) {
        whole.set(piece, at);
        at += piece.length;
      }
      return whole;
    },
  };
}

/** A JSON document of moderate size, held to its schema. */
export function jsonReader<Schema extends z.ZodType>(schema: Schema): DocumentReader<z.output<Schema>> {
  const text = textReader();
  return {
    write: text.write,
    end: () => {
      const { data, error } = schema.safeParse(parsedJson(text.end()));
      if (error === undefined) return data;
      const [issue] = error.issues;
      throw new UnknownForm(
        `${issue?.path.join('.') || 'the document'}: ${issue?.message ?? 'another form'}`,
      );
    },
  };
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    // A cut document ends in the middle of something; an error page does not begin like JSON.
    if (/^\s*[[{]/.test(text)) throw new IncompleteDocument('the JSON does not end');
    throw new UnknownForm('not JSON');
  }
}
