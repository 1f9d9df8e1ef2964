import { describe, expect, it } from 'vitest';
import { loadCatalog } from '#lib/catalog/load';
import { trayNotes } from '#lib/plan/tray-notes';

const { servers } = loadCatalog();
const noted = (server: string, gpusPerReplica: number, nodesPerReplica = 1) =>
  trayNotes({ gpusPerReplica, nodesPerReplica }, servers.get(server));

describe('replicas on a rack of hosts', () => {
  it('find no place where they are wider than one of them', () => {
    expect(noted('gb200-nvl72', 8)).toEqual([
      expect.stringMatching(/^a pod of 8 GPUs finds no place: gb200-nvl72 has 18 hosts of 4;/),
    ]);
  });

  it('stand on one host as on any server', () => {
    expect(noted('gb200-nvl72', 4)).toEqual([]);
    expect(noted('hgx-h200', 8)).toEqual([]);
    expect(noted('hgx-h200', 16, 2)).toEqual([]);
  });
});
