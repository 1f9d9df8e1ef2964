import { malformed } from '#lib/artifacts/cloudformation/lookup-functions';
import type { IntrinsicFunction } from '#lib/artifacts/cloudformation/scope';
import { isList } from '#lib/artifacts/json';
import { Unresolved } from '#lib/artifacts/resource';
import { briefValue, dependencies, plainText } from '#lib/artifacts/unresolved';

const MAXIMUM_CIDRS = 256;

/** The functions that make lists or look into them. */
export const LISTS: Readonly<Record<string, IntrinsicFunction>> = {
  'Fn::Select': (argument, call) => {
    if (!isList(argument) || argument.length !== 2) return malformed(call);
    const [index, items] = argument.map((part) => call.value(part));
    if (index instanceof Unresolved) return index;
    if (items instanceof Unresolved) return new Unresolved(`item ${briefValue(index)} of ${items.dependsOn}`);
    const chosen = isList(items) ? items[Number(index)] : undefined;
    return chosen ?? new Unresolved(`item ${briefValue(index)} of a list that has none there`);
  },

  'Fn::Length': (argument, call) => {
    const items = call.value(argument);
    if (items instanceof Unresolved) return new Unresolved(`length of ${items.dependsOn}`);
    return isList(items) ? items.length : malformed(call);
  },

  'Fn::GetAZs': (argument, call) => {
    const region = call.value(argument);
    if (region instanceof Unresolved) return region;
    const name = typeof region === 'string' && region !== '' ? region : call.scope.region;
    return new Unresolved(`availability zones of ${name === null ? 'the region' : briefValue(name)}`);
  },

  'Fn::Cidr': (argument, call) => {
    if (!isList(argument) || argument.length < 2) return malformed(call);
    const [block, count, bits] = argument.map((part) => call.value(part));
    const unknown = dependencies([block, count, bits]);
    if (unknown !== '') return new Unresolved(unknown);
    return (
      cidrs(plainText(block), Number(count), Number(bits)) ??
      new Unresolved(`address ranges of ${briefValue(block)}`)
    );
  },
};

/**
 * The first `count` ranges of `hostBits` bits each in an IPv4 block, or `null` where they do not fit or the block has
 * another form, IPv6 among them.
 */
function cidrs(block: string, count: number, hostBits: number): string[] | null {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(block);
  if (match === null) return null;
  const [a = 0, b = 0, c = 0, d = 0, length = 0] = match.slice(1).map(Number);
  const isBlock = [a, b, c, d].every((octet) => octet < 256) && length <= 32;
  const isWhole = Number.isInteger(count) && Number.isInteger(hostBits) && count >= 1 && hostBits >= 0;
  const size = 2 ** hostBits;
  if (!isBlock || !isWhole || count > MAXIMUM_CIDRS || count * size > 2 ** (32 - length)) return null;
  const start = ((a * 256 + b) * 256 + c) * 256 + d;
  const base = start - (start % 2 ** (32 - length));
  return Array.from({ length: count }, (_, index) => `${dotted(base + index * size)}/${32 - hostBits}`);
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
