import { aws, components, standing, stated, used, type ResourcePricing } from '#lib/cost/resources/component';
import { MINUTES } from '#lib/cost/resources/billed-time';
import { numberAt, textAt } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

const kendra: ResourcePricing = {
  types: ['AWS::Kendra::Index', 'aws_kendra_index'],
  cost: (resource, context) => {
    const edition = textAt(resource, 'Edition') ?? 'ENTERPRISE_EDITION';
    const name = edition
      .replace(/_EDITION$/, '')
      .toLowerCase()
      .replaceAll('_', ' ');
    const extra = numberAt(resource, 'CapacityUnits.StorageCapacityUnits') ?? 0;
    const price = (sku: string) => aws('kendra', sku, 'hour', context);
    return components(
      standing(
        'hours',
        `Kendra index, ${name} edition`,
        price(`Index, ${name} edition`),
        'retrieval',
        context,
      ),
      extra > 0
        ? standing(
            'storage-units',
            'further storage units',
            price('Storage unit'),
            'retrieval',
            context,
            extra,
          )
        : null,
    );
  },
};

const amazonQ = byUse(['AWS::QBusiness::Index', 'awscc_qbusiness_index'], 'qbusiness', 'retrieval', [
  ['units', 'index units', 'Index unit', 'hour'],
]);
const amazonQUsers = byUse(
  ['AWS::QBusiness::Application', 'awscc_qbusiness_application'],
  'qbusiness',
  'platform',
  [['users', 'users subscribed', 'User, Pro', 'user-month']],
);

/** The build types whose minute the list prices, by what CodeBuild calls them. */
const BUILD_TYPES: Readonly<Record<string, string>> = {
  BUILD_GENERAL1_SMALL: 'general1.small',
  BUILD_GENERAL1_MEDIUM: 'general1.medium',
  BUILD_GENERAL1_LARGE: 'general1.large',
};
const build: ResourcePricing = {
  types: ['AWS::CodeBuild::Project', 'aws_codebuild_project'],
  cost: (resource, context) => {
    const asked = textAt(resource, 'Environment.ComputeType') ?? 'BUILD_GENERAL1_SMALL';
    const system = (textAt(resource, 'Environment.Type') ?? '').startsWith('WINDOWS') ? 'Windows' : 'Linux';
    const type = BUILD_TYPES[asked] ?? asked;
    const price = aws('codebuild', `${system} ${type}`, 'minute', context);
    return components(
      used('minutes', `build minutes, ${type}`, price, 'compute', { unitsPerSecond: 1 / 60, time: MINUTES }),
    );
  },
};
/** The first type costs by the month that it is active, the second by the minute; without a type it is the first. */
const pipeline: ResourcePricing = {
  types: ['AWS::CodePipeline::Pipeline', 'aws_codepipeline'],
  cost: (resource, context) => {
    const price = (sku: string, unit: string) => aws('codepipeline', sku, unit, context);
    return components(
      textAt(resource, 'PipelineType') === 'V2'
        ? used('minutes', 'minutes of actions', price('Action minutes', 'minute'), 'platform')
        : stated('pipeline', 'active pipeline', price('Active pipeline', 'pipeline-month'), 'platform', 1),
    );
  },
};
const amplify = byUse(['AWS::Amplify::App', 'aws_amplify_app'], 'amplify', 'platform', [
  ['builds', 'build minutes', 'Build minutes', 'minute'],
  ['served', 'data served', 'Data served', 'GB'],
]);
const comprehend: ResourcePricing = {
  types: ['aws_comprehend_document_classifier', 'AWS::Comprehend::DocumentClassifier'],
  cost: (_, context) =>
    components(used('training', 'training hours', aws('comprehend', 'Training', 'hour', context), 'models')),
};
const lex = byUse(['AWS::Lex::Bot', 'aws_lexv2models_bot', 'aws_lex_bot'], 'lex', 'models', [
  ['text', 'text requests', 'Text requests', '1k requests'],
]);
const personalize: ResourcePricing = {
  types: ['AWS::Personalize::Solution', 'AWS::Personalize::DatasetGroup', 'AWS::Personalize::Dataset'],
  cost: (_, context) =>
    components(used('training', 'training hours', aws('personalize', 'Training', 'hour', context), 'models')),
};
const codeCommit = byUse(
  ['AWS::CodeCommit::Repository', 'aws_codecommit_repository'],
  'codecommit',
  'platform',
  [['users', 'active users above the five without a charge', 'Active user', 'user-month']],
);

const definitions = freeOf('a definition; what it uses is billed where it is', [
  'AWS::Amplify::Branch',
  'AWS::Amplify::Domain',
  'AWS::AppConfig::*',
  'AWS::ApplicationInsights::Application',
  'AWS::Budgets::Budget',
  'AWS::Budgets::BudgetsAction',
  'AWS::CE::*',
  'AWS::Chatbot::*',
  'AWS::CodeBuild::ReportGroup',
  'AWS::CodeBuild::SourceCredential',
  'AWS::CodeConnections::*',
  'AWS::CodeDeploy::*',
  'AWS::CodeStarConnections::*',
  'AWS::ElasticBeanstalk::Application',
  'AWS::ElasticBeanstalk::ApplicationVersion',
  'AWS::ElasticBeanstalk::ConfigurationTemplate',
  'AWS::FIS::ExperimentTemplate',
  'AWS::ImageBuilder::*',
  'AWS::Kendra::DataSource',
  'AWS::Kendra::Faq',
  'AWS::Kendra::FeaturedResultsSet',
  'AWS::Kendra::QuerySuggestionsBlockList',
  'AWS::Kendra::Thesaurus',
  'AWS::Lex::BotAlias',
  'AWS::Lex::BotVersion',
  'AWS::Lex::ResourcePolicy',
  'AWS::QBusiness::DataAccessor',
  'AWS::QBusiness::DataSource',
  'AWS::QBusiness::Permission',
  'AWS::QBusiness::Plugin',
  'AWS::QBusiness::Retriever',
  'AWS::QBusiness::WebExperience',
  'AWS::RAM::*',
  'AWS::ResourceGroups::*',
  'AWS::ServiceCatalogAppRegistry::*',
  'AWS::SSM::Association',
  'AWS::SSM::Document',
  'AWS::SSM::MaintenanceWindow',
  'AWS::SSM::MaintenanceWindowTarget',
  'AWS::SSM::MaintenanceWindowTask',
  'AWS::SSM::PatchBaseline',
  'AWS::SSM::ResourceDataSync',
  'aws_amplify_branch',
  'aws_appconfig_*',
  'aws_budgets_budget',
  'aws_codebuild_source_credential',
  'aws_codestarconnections_connection',
  'aws_elastic_beanstalk_application',
  'aws_elastic_beanstalk_application_version',
  'aws_elastic_beanstalk_configuration_template',
  'aws_kendra_data_source',
  'aws_kendra_faq',
  'aws_ssm_association',
  'aws_ssm_document',
  'aws_ssm_maintenance_window',
]);

export const applications: readonly ResourcePricing[] = [
  kendra,
  amazonQ,
  amazonQUsers,
  build,
  pipeline,
  amplify,
  comprehend,
  lex,
  personalize,
  codeCommit,
  definitions,
];
