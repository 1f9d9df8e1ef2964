/** What a user might give to each variable; addresses are of the documentation ranges. */
const SAMPLES: Readonly<Record<string, string>> = {
  control_plane_host: '192.0.2.10',
  kubernetes_version: 'v1.35.2',
  os_image_url: 'https://images.example/node.raw',
  os_image_checksum: 'ab'.repeat(32),
  os_image_format: 'raw',
  os_image_arm64_url: 'https://images.example/arm64.raw',
  os_image_arm64_checksum: 'cd'.repeat(32),
  os_image_arm64_format: 'raw',
  bmc_address: 'redfish-virtualmedia://192.0.2.20/redfish/v1/Systems/1',
  boot_mac_address: '02:00:00:00:00:01',
};

/** `${var.name}` or `${var.name["key"].attribute}`, unless it is escaped. */
const REFERENCE = /(?<!\$)\$\{var\.(\w+)(?:\["[^"]+"\]\.(\w+))?\}/g;

/** Text in which every reference to a variable has become a valid value for it. */
export function resolveVariables(text: string): string {
  return text.replaceAll(REFERENCE, (reference, name: string, attribute: string | undefined) => {
    const sample = SAMPLES[attribute ?? name];
    if (sample === undefined) throw new Error(`no sample value for ${reference}`);
    return sample;
  });
}
