import { aws, components, standing, type ResourcePricing } from '#lib/cost/resources/component';
import { needed, numberAt } from '#lib/cost/resources/facts';
import { byUse, freeOf } from '#lib/cost/resources/services/meters';

/** Endpoints of Comprehend stand for the units that they are given, asked or not. */
const comprehendEndpoint: ResourcePricing = {
  types: [
    'AWS::Comprehend::DocumentClassifierEndpoint',
    'AWS::Comprehend::EntityRecognizerEndpoint',
    'awscc_comprehend_document_classifier_endpoint',
  ],
  cost: (resource, context) => {
    const units = needed(numberAt(resource, 'DesiredInferenceUnits'), 'DesiredInferenceUnits');
    const price = aws('comprehend', 'Inference unit', 'hour', context);
    return components(standing('units', 'inference units', price, 'models', context, units));
  },
};

const comprehendTraining = byUse(
  ['AWS::Comprehend::EntityRecognizer', 'AWS::Comprehend::Flywheel', 'aws_comprehend_entity_recognizer'],
  'comprehend',
  'models',
  [['training', 'training hours', 'Training', 'hour']],
);

/** A campaign keeps at least the transactions a second that it is given. */
const campaign: ResourcePricing = {
  types: ['AWS::Personalize::Campaign', 'awscc_personalize_campaign'],
  cost: (resource, context) => {
    const rate = numberAt(resource, 'MinProvisionedTPS') ?? 1;
    const price = aws('personalize', 'Transaction a second', 'hour', context);
    return components(standing('rate', 'transactions a second', price, 'models', context, rate));
  },
};

const faces = byUse(['AWS::Rekognition::Collection', 'aws_rekognition_collection'], 'rekognition', 'models', [
  ['images', 'images analysed', 'Image analysed', '1k requests'],
  ['faces', 'faces kept', 'Face kept', 'item'],
]);
const labels = byUse(['AWS::Rekognition::Project', 'aws_rekognition_project'], 'rekognition', 'models', [
  ['training', 'training hours', 'Custom labels training', 'hour'],
  ['inference', 'hours that a model runs', 'Custom labels inference', 'hour'],
]);
const watching = byUse(
  ['AWS::Rekognition::StreamProcessor', 'aws_rekognition_stream_processor'],
  'rekognition',
  'models',
  [['video', 'minutes of video', 'Streaming video', 'minute']],
);
const video = byUse(['AWS::KinesisVideo::Stream', 'aws_kinesis_video_stream'], 'kinesisvideo', 'platform', [
  ['in', 'video that comes in', 'Data in', 'GB'],
  ['out', 'video that is read', 'Data out', 'GB'],
  ['storage', 'video kept', 'Storage', 'GB-month'],
]);
const signalling = byUse(['AWS::KinesisVideo::SignalingChannel'], 'kinesisvideo', 'platform', [
  ['messages', 'messages', 'Signalling messages', '1M messages'],
]);
const places = byUse(
  [
    'AWS::Location::GeofenceCollection',
    'AWS::Location::Map',
    'AWS::Location::PlaceIndex',
    'AWS::Location::RouteCalculator',
    'AWS::Location::Tracker',
    'aws_location_geofence_collection',
    'aws_location_map',
    'aws_location_place_index',
    'aws_location_route_calculator',
    'aws_location_tracker',
  ],
  'location',
  'platform',
  [['requests', 'requests', 'Requests', '1k requests']],
);

const definitions = freeOf('a definition; what is asked by it is billed where it is asked', [
  'AWS::Location::APIKey',
  'AWS::Location::TrackerConsumer',
  'AWS::Personalize::EventTracker',
  'AWS::Personalize::Filter',
  'AWS::Personalize::MetricAttribution',
  'AWS::Personalize::Schema',
  'AWS::Polly::Lexicon',
  'AWS::Rekognition::Dataset',
  'AWS::Textract::Adapter',
  'AWS::Transcribe::CallAnalyticsCategory',
  'AWS::Transcribe::MedicalVocabulary',
  'AWS::Transcribe::Vocabulary',
  'AWS::Transcribe::VocabularyFilter',
  'AWS::Translate::ParallelData',
  'AWS::Translate::Terminology',
  'aws_location_tracker_association',
  'aws_transcribe_language_model',
  'aws_transcribe_medical_vocabulary',
  'aws_transcribe_vocabulary',
  'aws_transcribe_vocabulary_filter',
]);

export const aiServices: readonly ResourcePricing[] = [
  comprehendEndpoint,
  comprehendTraining,
  campaign,
  faces,
  labels,
  watching,
  video,
  signalling,
  places,
  definitions,
];
