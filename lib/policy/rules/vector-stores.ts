import { ofEach, unless, type PolicyRule } from '#lib/policy/rule';
import {
  documentIn,
  fieldsOf,
  isFalse,
  isTrue,
  isWritten,
  objectsOf,
  textOf,
  textsOf,
  valueOf,
  type Fields,
} from '#lib/policy/values';

const COLLECTION_POLICY = 'AWS::OpenSearchServerless::SecurityPolicy';
const STORES = [
  'AWS::OpenSearchServerless::Collection',
  'AWS::OpenSearchService::Domain',
  'AWS::RDS::DBCluster',
  'AWS::S3Vectors::VectorBucket',
];

/** A key that may be absent is no lock. */
function isDemanded(reference: Fields): boolean {
  return isWritten(reference['name']) && !isTrue(reference['optional']);
}

export const VECTOR_STORES: readonly PolicyRule[] = [
  {
    id: 'store-private',
    title: 'A vector store is reached from inside a network only',
    severity: 'error',
    rationale: 'Vectors can be turned back into much of their text: an open index is an open archive.',
    fix: 'put the store into a VPC, or name its VPC endpoints',
    owaspLlm: ['LLM09', 'LLM02'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) => [
      ...ofEach([COLLECTION_POLICY], (policy) => {
        if (textOf(valueOf(policy, 'Type')) !== 'network') return [];
        const rules = objectsOf(documentIn(valueOf(policy, 'Policy')));
        const isClosed = rules.every(
          (rule) => isFalse(rule['AllowFromPublic']) && textsOf(rule['SourceVPCEs']).length > 0,
        );
        return unless(rules.length > 0 && isClosed, 'lets in the internet');
      })(infrastructure),
      ...ofEach(['AWS::OpenSearchService::Domain'], (domain) =>
        unless(isWritten(valueOf(domain, 'VPCOptions.SubnetIds')), 'stands on the internet'),
      )(infrastructure),
    ],
  },
  {
    id: 'store-encrypted',
    title: 'A vector store is encrypted with a key of your own',
    severity: 'error',
    rationale: 'A key of your own ends access to every copy and backup at once, and its use is on record.',
    fix: 'name a KMS key',
    owaspLlm: ['LLM09', 'LLM02'],
    aisvs: ['5.2.1'],
    breaches: (infrastructure) => [
      ...ofEach([COLLECTION_POLICY], (policy) => {
        if (textOf(valueOf(policy, 'Type')) !== 'encryption') return [];
        const document = fieldsOf(documentIn(valueOf(policy, 'Policy')));
        return unless(isWritten(document['KmsARN']), 'uses a key of AWS');
      })(infrastructure),
      ...ofEach(['AWS::OpenSearchServerless::Collection'], (collection) => {
        const name = textOf(valueOf(collection, 'Name')) ?? '';
        const covered = infrastructure
          .ofType(COLLECTION_POLICY)
          .some(
            (policy) =>
              textOf(valueOf(policy, 'Type')) === 'encryption' &&
              objectsOf(fieldsOf(documentIn(valueOf(policy, 'Policy')))['Rules']).some(({ Resource }) =>
                textsOf(Resource).some((text) => text === `collection/${name}` || text.endsWith('/*')),
              ),
          );
        return unless(
          covered || isWritten(valueOf(collection, 'EncryptionConfig.KmsKeyArn')),
          'has no encryption policy',
        );
      })(infrastructure),
      ...ofEach(['AWS::OpenSearchService::Domain'], (domain) => {
        const rest = fieldsOf(valueOf(domain, 'EncryptionAtRestOptions'));
        return [
          ...unless(isTrue(rest['Enabled']) && isWritten(rest['KmsKeyId']), 'has no key'),
          ...unless(
            isTrue(valueOf(domain, 'NodeToNodeEncryptionOptions.Enabled')),
            'talks in the clear between nodes',
          ),
          ...unless(isTrue(valueOf(domain, 'DomainEndpointOptions.EnforceHTTPS')), 'answers in the clear'),
        ];
      })(infrastructure),
      ...ofEach(['AWS::RDS::DBCluster'], (cluster) =>
        unless(
          isTrue(valueOf(cluster, 'StorageEncrypted')) && isWritten(valueOf(cluster, 'KmsKeyId')),
          'has no key',
        ),
      )(infrastructure),
      ...ofEach(['AWS::S3Vectors::VectorBucket'], (bucket) =>
        unless(isWritten(valueOf(bucket, 'EncryptionConfiguration.KmsKeyArn')), 'has no key'),
      )(infrastructure),
    ],
  },
  {
    id: 'store-access-named',
    title: 'Who may read and write vectors is named, and so is what they may do',
    severity: 'error',
    rationale: 'Whoever may write into an index decides what the model reads next.',
    fix: 'name roles as principals, and permissions one by one',
    owaspLlm: ['LLM09', 'LLM05'],
    aisvs: ['5.2.1', '8.1.3'],
    breaches: (infrastructure) => [
      ...ofEach(['AWS::OpenSearchServerless::AccessPolicy'], (policy) =>
        objectsOf(documentIn(valueOf(policy, 'Policy'))).flatMap((rule) => [
          ...unless(
            !textsOf(rule['Principal']).some((principal) => /^\*$|:root$|\/\*$/.test(principal)),
            'lets in a whole account, or anybody',
          ),
          ...unless(
            !objectsOf(rule['Rules']).some(({ Permission }) => textsOf(Permission).includes('aoss:*')),
            'gives every permission',
          ),
        ]),
      )(infrastructure),
      ...ofEach(['AWS::OpenSearchService::Domain', 'AWS::S3Vectors::VectorBucketPolicy'], (store) => {
        const document = documentIn(valueOf(store, 'AccessPolicies') ?? valueOf(store, 'Policy'));
        const isOpen = objectsOf(fieldsOf(document)['Statement']).some(
          ({ Effect, Principal, Condition }) =>
            Effect === 'Allow' &&
            !isWritten(Condition) &&
            [...textsOf(Principal), ...textsOf(fieldsOf(Principal)['AWS'])].includes('*'),
        );
        return unless(!isOpen, 'lets in anybody');
      })(infrastructure),
    ],
  },
  {
    id: 'store-kept',
    title: 'A vector store outlives the stack that made it',
    severity: 'error',
    rationale: 'To embed a corpus again takes days and money; a deleted stack should not cost it.',
    fix: 'set `DeletionPolicy: Retain` or Snapshot; in the cluster, a StorageClass that retains',
    owaspLlm: ['LLM09'],
    aisvs: ['3.3.2'],
    breaches: (infrastructure) => [
      ...ofEach(STORES, (store) => unless(store.isKept === true, 'goes with its stack'))(infrastructure),
      ...ofEach(['storage.k8s.io/v1/StorageClass'], (storage) =>
        unless(textOf(valueOf(storage, 'reclaimPolicy')) === 'Retain', 'deletes volumes with their claims'),
      )(infrastructure),
    ],
  },
  {
    id: 'store-authenticated',
    title: 'A vector store in the cluster asks for a key, which a Secret holds',
    severity: 'error',
    rationale: 'Qdrant and Weaviate let everybody in who reaches them, unless they are told otherwise.',
    fix: 'set the key of the store by `secretKeyRef`',
    owaspLlm: ['LLM09', 'LLM02'],
    aisvs: ['5.2.1'],
    breaches: ({ pods }) =>
      pods.flatMap(({ owner, containers }) =>
        containers.flatMap(({ image, fields, environment }) => {
          const fromSecret = new Set(
            objectsOf(fields['env']).flatMap((variable) =>
              isDemanded(fieldsOf(valueOf(variable, 'valueFrom.secretKeyRef')))
                ? [textOf(variable['name'])]
                : [],
            ),
          );
          const isAsked = /(?:^|\/)qdrant(?:\/|:)/.test(image)
            ? fromSecret.has('QDRANT__SERVICE__API_KEY')
            : /(?:^|\/)weaviate(?:\/|:)/.test(image)
              ? fromSecret.has('AUTHENTICATION_APIKEY_ALLOWED_KEYS') &&
                environment.get('AUTHENTICATION_ANONYMOUS_ACCESS_ENABLED') === 'false'
              : true;
          return unless(isAsked, 'lets in whoever reaches it').map((what) => ({ resource: owner, what }));
        }),
      ),
  },
];
