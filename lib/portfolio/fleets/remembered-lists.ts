/** What was made of some things until the list of them ends here, and the lists that go on from here. */
interface Branch<Item, Value> {
  made?: Value;
  readonly next: Map<Item, Branch<Item, Value>>;
}

/** Makes a value of a list once, however often the same things are asked for in the same order. */
export function rememberedLists<Item, Value>(
  make: (items: readonly Item[]) => Value,
): (items: readonly Item[]) => Value {
  const root: Branch<Item, Value> = { next: new Map() };
  return (items) => {
    let branch = root;
    for (const item of items) {
      let next = branch.next.get(item);
      if (next === undefined) {
        next = { next: new Map() };
        branch.next.set(item, next);
      }
      branch = next;
    }
    branch.made ??= make(items);
    return branch.made;
  };
}
