import { describe, expect, it } from 'vitest';
import { only, table } from '../../_support/feed-documents';
import { zipOf } from '../../_support/zip';

const HEADER =
  'instance_name,location,price,cpu,memory,gpu_count,gpu_name,gpu_memory,spot,disk_size,gpu_vendor,flags\r\n';
const row = (
  name: string,
  location: string,
  price: string,
  gpu: string,
  gb: string,
  spot = 'False',
  count = 8,
) => `${name},${location},${price},208,1800,${count},${gpu},${gb},${spot},,nvidia,[]\r\n`;

function from(part: string, csv: string, version = '20261120-42\n') {
  const archive = zipOf({ 'readme.txt': 'nothing', [`${part}.csv`]: csv });
  return only('gpuhunt', { [`/${part}/version`]: version, '/20261120-42/catalog.zip': archive }, part);
}

describe('prices of rented GPUs by gpuhunt', () => {
  it('are those of Lambda in the United States, once', async () => {
    const answer = await from(
      'lambdalabs',
      HEADER +
        row('gpu_8x_h100_sxm5', 'us-east-1', '31.92', 'H100', '80.0') +
        row('gpu_8x_h100_sxm5', 'us-west-2', '31.92', 'H100', '80.0') +
        row('gpu_8x_h100_sxm5', 'europe-central-1', '40', 'H100', '80.0') +
        row('gpu_1x_h100_pcie', 'us-east-1', '3.29', 'H100', '80.0', 'False', 1) +
        row('cpu_4x_general', 'us-east-1', '0.2', '', '', 'False', 0),
    );
    expect(table(answer?.snapshot)).toEqual({
      'gpu_8x_h100_sxm5 us on-demand instance-hour': 31.92,
      'gpu_1x_h100_pcie us on-demand instance-hour': 3.29,
    });
    const [pcie, sxm] = answer?.snapshot?.prices ?? [];
    expect(sxm).toMatchObject({ seller: 'lambda', accelerator: 'h100-sxm', acceleratorCount: 8 });
    expect(pcie?.accelerator).toBeUndefined();
  });

  it('are those of Nebius by platform and preset, spot beside them', async () => {
    const name = 'gpu-h200-sxm 8gpu-128vcpu-1600gb';
    const answer = await from(
      'nebius',
      HEADER +
        row(name, 'eu-north1', '28', 'H200', '141.0') +
        row(name, 'eu-north1', '11.6', 'H200', '141.0', 'True'),
    );
    expect(table(answer?.snapshot)).toEqual({
      'gpu-h200-sxm_8gpu eu-north1 on-demand instance-hour': 28,
      'gpu-h200-sxm_8gpu eu-north1 spot instance-hour': 11.6,
    });
  });

  const archive = zipOf({ 'nebius.csv': HEADER });
  it.each([
    ['no version of the catalog', '<html>', archive],
    ['not a ZIP archive', '20261120-42', 'an error page'],
    ['the archive does not end', '20261120-42', archive.slice(0, -10)],
    ['no .csv in the archive', '20261120-42', zipOf({ 'other.txt': 'x' })],
    [
      'no column gpu_name',
      '20261120-42',
      zipOf({ 'nebius.csv': 'instance_name,location,price,gpu_count\n' }),
    ],
    ['a price of nothing', '20261120-42', zipOf({ 'nebius.csv': HEADER + row('x', 'eu', '', 'H100', '80') })],
    ['a damaged archive', '20261120-42', damaged(archive)],
    ['a file of another length than the archive says', '20261120-42', zipOf({ 'nebius.csv': HEADER }, -5)],
    ['a file of another length than the archive says', '20261120-42', zipOf({ 'nebius.csv': HEADER }, 5)],
  ])('are refused: %s', async (words, version, document) => {
    const documents = { '/nebius/version': version, '/catalog.zip': document };
    await expect(only('gpuhunt', documents, 'nebius')).rejects.toThrow(words);
  });
});

/** Bytes of the packed file turned around. */
function damaged(whole: Uint8Array): Uint8Array {
  const copy = whole.slice();
  copy.fill(0xff, 45, 60);
  return copy;
}
