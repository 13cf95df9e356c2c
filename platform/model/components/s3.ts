import { connect } from '../connect.ts';
import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

/** SeaweedFS as one process (decision 0103); clouds use their own object store instead. */
export const s3 = defineComponent({
  name: 's3',
  summary: 'S3-compatible object store for documents and reports',
  box: 'S3-compatible storage',
  layer: 'data',
  place: 'bank',
  workload: { kind: 'statefulset' },
  wave: 1,
  image: 'seaweedfs',
  ports: { s3: { number: 8333 }, metrics: { number: 9327 } },
  service: { name: 's3-service', ports: ['s3', 'metrics'] },
  metrics: { port: 'metrics', path: '/metrics' },
  command: ['weed', 'server'],
  args: [
    '-dir=/data',
    '-ip.bind=0.0.0.0',
    '-s3',
    '-s3.port=8333',
    '-s3.config=/etc/seaweedfs/s3.json',
    '-metricsPort=9327',
    '-volume.max=0',
    '-master.volumeSizeLimitMB=1024',
  ],
  probes: {
    live: { path: '/healthz', port: 's3' },
    ready: { path: '/healthz', port: 's3' },
    startSeconds: 120,
  },
  mounts: [
    { kind: 'secret', name: 's3-identities', path: '/etc/seaweedfs' },
    { kind: 'scratch', name: 'tmp', path: '/tmp', sizeMi: 256 },
  ],
  storage: { name: 'data', path: '/data', sizeGi: 100 },
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { full: { cpuMillis: 750, memoryMi: 2560 } },
  priority: 'bank-standard',
  providers: ['self-hosted'],
});

const bucketSize = { cpuMillis: 50, memoryMi: 64 };

export const s3Buckets = defineComponent({
  name: 's3-buckets',
  summary: 'Creates the documents bucket of the in-cluster object store; a bucket that exists is left alone',
  layer: 'data',
  place: 'bank',
  workload: { kind: 'job', deadlineSeconds: 300 },
  wave: 2,
  image: 'curl',
  ports: {},
  command: ['curl'],
  args: [
    '--silent',
    '--show-error',
    '--retry=10',
    '--retry-all-errors',
    '--aws-sigv4=aws:amz:us-east-1:s3',
    '--user=$(AWS_ACCESS_KEY_ID):$(AWS_SECRET_ACCESS_KEY)',
    '--request=PUT',
    'http://s3-service:8333/documents',
  ],
  env: [
    { name: 'AWS_ACCESS_KEY_ID', secret: secret('object-store-credentials', 'access-key-id') },
    { name: 'AWS_SECRET_ACCESS_KEY', secret: secret('object-store-credentials', 'secret-access-key') },
  ],
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { full: bucketSize },
  priority: 'bank-batch',
  providers: ['self-hosted'],
});

export const s3Connections = [connect('s3-buckets', 's3', 's3', 'creates the documents bucket')];
