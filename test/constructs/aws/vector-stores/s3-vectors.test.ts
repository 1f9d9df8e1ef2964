import { describe, expect, it } from 'vitest';
import { propertiesOf } from '../../../_support/properties';
import { stored } from '../../../_support/stored';

const template = stored('s3-vectors');

describe('S3VectorsStore', () => {
  it('indexes vectors of the planned length', () => {
    const index = propertiesOf(stored('s3-vectors', { dimensions: 768 }), 'AWS::S3Vectors::Index');
    expect(index).toMatchObject({ Dimension: 768, DistanceMetric: 'cosine', DataType: 'float32' });
  });

  it('keeps the text out of filterable metadata, which is limited', () => {
    expect(propertiesOf(template, 'AWS::S3Vectors::Index')['MetadataConfiguration']).toEqual({
      NonFilterableMetadataKeys: ['text'],
    });
  });

  it('is kept when the stack goes', () => {
    expect(Object.values(template.findResources('AWS::S3Vectors::VectorBucket'))).toMatchObject([
      { DeletionPolicy: 'Retain' },
    ]);
  });

  it('needs no network', () => {
    expect(template.findResources('AWS::EC2::VPC')).toEqual({});
  });

  it('lets the service that indexes in the background use the key', () => {
    expect(JSON.stringify(propertiesOf(template, 'AWS::KMS::Key')['KeyPolicy'])).toContain(
      'indexing.s3vectors.amazonaws.com',
    );
  });
});
