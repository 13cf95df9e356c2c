import { secret } from '../secrets.ts';
import { defineComponent } from '../types.ts';

/** Cache and sessions. `maxmemory` is the source's 768 MB; the limit leaves room for the copy that an AOF rewrite makes. */
const size = { cpuMillis: 450, memoryMi: 960, memoryLimitMi: 1536 };
const password = { name: 'REDIS_PASSWORD', secret: secret('redis-password', 'password') };
const ping = ['sh', '-c', 'REDISCLI_AUTH="$REDIS_PASSWORD" redis-cli ping | grep -q PONG'];

export const redis = defineComponent({
  name: 'redis',
  summary:
    'Cache of entities and store of sessions: 768 MB, least recently used goes first, append-only file',
  box: 'In-cluster Redis',
  layer: 'data',
  place: 'bank',
  workload: { kind: 'statefulset' },
  wave: 1,
  image: 'redis',
  ports: { redis: { number: 6379 }, metrics: { number: 9121 } },
  service: { name: 'redis-service', ports: ['redis', 'metrics'] },
  metrics: { port: 'metrics', path: '/metrics' },
  command: ['redis-server', '/etc/redis/redis.conf'],
  args: ['--requirepass', '$(REDIS_PASSWORD)'],
  env: [password],
  probes: { live: { command: ping }, ready: { command: ping }, startSeconds: 60 },
  mounts: [{ kind: 'config', name: 'redis-config', path: '/etc/redis' }],
  extra: [
    {
      name: 'exporter',
      image: 'redis-exporter',
      role: 'sidecar',
      ports: ['metrics'],
      env: [{ name: 'REDIS_ADDR', value: 'redis://localhost:6379' }, password],
      resources: { cpuMillis: 50, memoryMi: 64 },
      probes: {
        live: { path: '/health', port: 'metrics' },
        ready: { path: '/health', port: 'metrics' },
        startSeconds: 30,
      },
    },
  ],
  storage: { name: 'data', path: '/data', sizeGi: 10 },
  replicas: { dev: 1, uat: 1, production: 1 },
  resources: { standard: size, full: size },
  priority: 'bank-standard',
});
