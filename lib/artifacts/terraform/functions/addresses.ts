import type { FunctionTable } from '#lib/artifacts/terraform/functions/operands';
import { Failure, text, whole } from '#lib/artifacts/terraform/values';

interface Block {
  readonly start: number;
  readonly bits: number;
}

/** Functions of IPv4 address ranges; those of IPv6 are refused. All operands are known. */
export const ADDRESSES: FunctionTable = {
  cidrsubnet: (block, more, index) => written(part(blockOf(text(block)), whole(more), whole(index))),
  cidrsubnets: (block, ...sizes) => {
    const outer = blockOf(text(block));
    let next = outer.start;
    return sizes.map((size) => {
      const bits = outer.bits + whole(size);
      const length = 2 ** (32 - bits);
      const start = Math.ceil(next / length) * length;
      next = start + length;
      if (bits > 32 || next > outer.start + 2 ** (32 - outer.bits)) throw new Failure('no room');
      return written({ start, bits });
    });
  },
  cidrhost: (block, index) => {
    const { start, bits } = blockOf(text(block));
    const size = 2 ** (32 - bits);
    const host = whole(index) < 0 ? size + whole(index) : whole(index);
    if (host < 0 || host >= size) throw new Failure('no room');
    return dotted(start + host);
  },
  cidrnetmask: (block) => dotted(2 ** 32 - 2 ** (32 - blockOf(text(block)).bits)),
};

function part(block: Block, moreBits: number, index: number): Block {
  const bits = block.bits + moreBits;
  if (moreBits < 0 || bits > 32 || index < 0 || index >= 2 ** moreBits) throw new Failure('no room');
  return { start: block.start + index * 2 ** (32 - bits), bits };
}

function blockOf(value: string): Block {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(value);
  if (match === null) throw new Failure('no IPv4 range');
  const [a = 0, b = 0, c = 0, d = 0, bits = 0] = match.slice(1).map(Number);
  if ([a, b, c, d].some((octet) => octet > 255) || bits > 32) throw new Failure('no IPv4 range');
  const address = ((a * 256 + b) * 256 + c) * 256 + d;
  return { start: address - (address % 2 ** (32 - bits)), bits };
}

function written({ start, bits }: Block): string {
  return `${dotted(start)}/${bits}`;
}

function dotted(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join('.');
}
