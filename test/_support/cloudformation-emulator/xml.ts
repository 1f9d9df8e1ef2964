type Value = string | number | boolean | readonly Value[] | { readonly [key: string]: Value | undefined };

/** A value as the query protocol writes it: lists are made of `<member>`s. */
export function xmlOf(value: Value): string {
  if (Array.isArray(value))
    return value.map((member) => `<member>${xmlOf(member as Value)}</member>`).join('');
  if (typeof value !== 'object') return escaped(String(value));
  return Object.entries(value)
    .map(([key, field]) => (field === undefined ? '' : `<${key}>${xmlOf(field)}</${key}>`))
    .join('');
}

export function answerXml(action: string, result: Value, namespace: string): string {
  return `<${action}Response xmlns="${namespace}"><${action}Result>${xmlOf(result)}</${action}Result><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></${action}Response>`;
}

export function errorXml(code: string, message: string): string {
  return `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>${escaped(message)}</Message></Error><RequestId>r</RequestId></ErrorResponse>`;
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}
