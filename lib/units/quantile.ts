/** Linear between the neighbours, of ascending values of which there is at least one. */
export function quantile(ascending: ArrayLike<number>, share: number): number {
  const position = (ascending.length - 1) * share;
  const below = ascending[Math.floor(position)];
  const above = ascending[Math.ceil(position)];
  if (below === undefined || above === undefined) throw new Error('the quantile of no values was asked for');
  return below + (above - below) * (position - Math.floor(position));
}
