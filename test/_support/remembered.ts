/**
 * The same function, which works out each answer once: what many tests ask of one environment. A question is what its
 * JSON says. Nobody may change what it gives.
 */
export function remembered<Question extends readonly unknown[], Answer>(
  work: (...question: Question) => Answer,
): (...question: Question) => Answer {
  const known = new Map<string, Answer>();
  return (...question) => {
    const key = JSON.stringify(question);
    const answer = known.has(key) ? (known.get(key) as Answer) : work(...question);
    known.set(key, answer);
    return answer;
  };
}
