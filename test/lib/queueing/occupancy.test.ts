import { describe, expect, it } from 'vitest';
import { occupancyOf, type Occupancy } from '#lib/queueing/occupancy';
import type { Server } from '#lib/queueing/server';
import { promptLoad } from '#lib/queueing/steps';

/** Answers of 100 tokens on average at 10 ms each, whatever runs; prompts cost nothing. */
function plain(slots: number, variation: number): Server {
  return {
    decodeSeconds: Array.from({ length: slots + 1 }, () => 0.01),
    secondsPerPromptToken: 0,
    chunkTokens: 8192,
    startSeconds: 0,
    inputTokens: { mean: 1, variation: 0 },
    outputTokens: { mean: 100, variation },
  };
}

function occupancy(slots: number, variation: number, rate: number): Occupancy {
  const server = plain(slots, variation);
  const found = occupancyOf(server, promptLoad(server, rate));
  if (found === null) throw new Error('overloaded');
  return found;
}

/** Share of requests that wait in M/M/m, by Erlang's recursion. */
function erlangC(servers: number, offered: number): number {
  let blocked = 1;
  for (let each = 1; each <= servers; each += 1) blocked = (offered * blocked) / (each + offered * blocked);
  return blocked / (1 - (offered / servers) * (1 - blocked));
}

describe('occupancyOf', () => {
  it.each([0.3, 0.7, 0.95])('has the wait of M/M/1 at a use of %f', (use) => {
    const { waiting, waitSeconds } = occupancy(1, 1, use);
    expect(waiting * waitSeconds).toBeCloseTo(use / (1 - use), 9);
  });

  it.each([0.3, 0.7, 0.95])('has half of it with answers of one length, as M/D/1, at a use of %f', (use) => {
    const { waiting, waitSeconds } = occupancy(1, 0, use);
    expect(waiting * waitSeconds).toBeCloseTo(use / (1 - use) / 2, 9);
  });

  it.each([
    [4, 3],
    [16, 12],
    [64, 60],
  ])("has Erlang's share of waiting requests with %i slots at an offered load of %i", (slots, offered) => {
    expect(occupancy(slots, 1, offered).waiting).toBeCloseTo(erlangC(slots, offered), 9);
  });

  it('counts requests as Poisson where there are slots enough', () => {
    const { shares } = occupancy(100, 0.8, 5);
    // e^-5 × 5^3 ÷ 3!
    expect(shares[3]).toBeCloseTo(0.140_374, 6);
  });

  it('has none for a load that the slots cannot finish', () => {
    const server = plain(4, 1);
    expect(occupancyOf(server, promptLoad(server, 4))).toBeNull();
  });
});
