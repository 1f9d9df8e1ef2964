import { aws, components, standing, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt, textAt } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** By the month, or by a smaller fee and the hours that it runs. What it costs follows from its size and its system. */
const workspace: ResourcePricing = {
  types: ['AWS::WorkSpaces::Workspace', 'aws_workspaces_workspace'],
  cost: (resource, context) => {
    const size = needed(
      textAt(resource, 'WorkspaceProperties.ComputeTypeName'),
      'WorkspaceProperties.ComputeTypeName',
    );
    const price = (mode: string, unit: string) => aws('workspaces', `${size} ${mode}`, unit, context);
    const isByTheHour = textAt(resource, 'WorkspaceProperties.RunningMode') === 'AUTO_STOP';
    return components(
      stated(
        'desktop',
        `desktop, ${size}, ${isByTheHour ? 'stops by itself' : 'always on'}`,
        price(isByTheHour ? 'AutoStop' : 'AlwaysOn', 'instance-month'),
        'platform',
        1,
      ),
      isByTheHour ? used('hours', 'hours that it runs', price('AutoStop hour', 'hour'), 'platform') : null,
    );
  },
};

/** Streaming instances stand as many as are desired; on demand they cost less while nobody uses them. */
const appStream: ResourcePricing = {
  types: ['AWS::AppStream::Fleet', 'aws_appstream_fleet'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    const count = numberAt(resource, 'ComputeCapacity.DesiredInstances') ?? 0;
    const price = aws('appstream', type, 'instance-hour', context);
    const isAlwaysOn = textAt(resource, 'FleetType') === 'ALWAYS_ON';
    return components(
      isAlwaysOn
        ? standing('instances', type, price, 'compute', context, count)
        : used('instances', `${type}, while somebody streams`, price, 'compute'),
    );
  },
};

const builder: ResourcePricing = {
  types: ['AWS::AppStream::ImageBuilder', 'aws_appstream_image_builder'],
  cost: (resource, context) => {
    const type = needed(textAt(resource, 'InstanceType'), 'InstanceType');
    const price = aws('appstream', type, 'instance-hour', context);
    return components(used('instance', `${type}, while it builds`, price, 'compute'));
  },
};

const pools = byUse(['AWS::WorkSpaces::WorkspacesPool'], 'workspaces', 'platform', [
  ['hours', 'hours of desktops in use', 'Pool hour', 'hour'],
]);
const browsers = byUse(
  ['AWS::WorkSpacesWeb::Portal', 'awscc_workspacesweb_portal'],
  'workspaces-web',
  'platform',
  [['users', 'users of a month', 'User', 'user-month']],
);

const definitions = freeOf('a setting of desktops, which are billed', [
  'AWS::AppStream::AppBlock',
  'AWS::AppStream::Application',
  'AWS::AppStream::ApplicationEntitlementAssociation',
  'AWS::AppStream::ApplicationFleetAssociation',
  'AWS::AppStream::DirectoryConfig',
  'AWS::AppStream::Entitlement',
  'AWS::AppStream::Stack',
  'AWS::AppStream::StackFleetAssociation',
  'AWS::AppStream::StackUserAssociation',
  'AWS::AppStream::User',
  'AWS::WorkSpaces::ConnectionAlias',
  'AWS::WorkSpaces::Directory',
  'AWS::WorkSpaces::WorkspaceIpGroup',
  'AWS::WorkSpacesWeb::BrowserSettings',
  'AWS::WorkSpacesWeb::DataProtectionSettings',
  'AWS::WorkSpacesWeb::IdentityProvider',
  'AWS::WorkSpacesWeb::IpAccessSettings',
  'AWS::WorkSpacesWeb::NetworkSettings',
  'AWS::WorkSpacesWeb::SessionLogger',
  'AWS::WorkSpacesWeb::TrustStore',
  'AWS::WorkSpacesWeb::UserAccessLoggingSettings',
  'AWS::WorkSpacesWeb::UserSettings',
  'aws_appstream_directory_config',
  'aws_appstream_fleet_stack_association',
  'aws_appstream_stack',
  'aws_appstream_user',
  'aws_appstream_user_stack_association',
  'aws_workspaces_connection_alias',
  'aws_workspaces_directory',
  'aws_workspaces_ip_group',
]);

export const desktops: readonly ResourcePricing[] = [
  workspace,
  appStream,
  builder,
  pools,
  browsers,
  definitions,
];
