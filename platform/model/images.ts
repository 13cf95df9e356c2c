/**
 * Every image, with an exact tag. A tag stands here only after somebody saw it: `seen` says where (the component
 * reference of 2026-11-22, or public manifests that pin it). Our own images carry this release's version and come
 * from the registry in `settings.ts`.
 */

export interface Image {
  readonly repository: string;
  readonly tag: string;
  /** `ours` is built from `images/` in this repository and pulled from the configured registry. */
  readonly origin: 'ours' | 'public';
  readonly seen: string;
}

const release = '0.1.0';
const ours = (repository: string, seen: string): Image => ({
  repository,
  tag: release,
  origin: 'ours',
  seen,
});
const upstream = (repository: string, tag: string, seen: string): Image => ({
  repository,
  tag,
  origin: 'public',
  seen,
});

export const images = {
  fineract: ours('fineract', 'built here from services/fineract'),
  gateway: ours('gateway', 'built here from services/gateway'),
  'user-sync': ours('user-sync', 'built here from services/user-sync'),
  console: ours('console', 'built here: the static files of services/console'),
  tools: ours('tools', 'built here: the command line with PostgreSQL 15 client tools'),
  keycloak: ours(
    'keycloak',
    'built here: quay.io/keycloak/keycloak:26.8.0 after `kc.sh build` for PostgreSQL',
  ),
  'apache-fineract': ours('apache-fineract', 'built here from the Apache Fineract 1.15.0 release'),
  'keycloak-config-cli': upstream('adorsys/keycloak-config-cli', '6.5.1-26.5.5', 'component reference'),
  postgresql: upstream(
    'ghcr.io/cloudnative-pg/postgresql',
    '15.19-standard-trixie',
    'pinned in public CloudNativePG image catalogues, 2026-09',
  ),
  'barman-sidecar': upstream(
    'ghcr.io/cloudnative-pg/plugin-barman-cloud-sidecar',
    'v0.14.0',
    'pinned with digest in public manifests, 2026-09',
  ),
  redis: upstream('redis', '8.10.2-alpine', 'component reference'),
  'redis-exporter': upstream(
    'oliver006/redis_exporter',
    'v1.90.0',
    'pinned with digest in public manifests, 2026-10',
  ),
  seaweedfs: upstream('chrislusf/seaweedfs', '4.47', 'pinned with digest in public manifests, 2026-10'),
  kafka: upstream('quay.io/strimzi/kafka', '1.2.0-kafka-4.3.1', 'component reference'),
  curl: upstream('curlimages/curl', '8.22.0', 'pinned in public manifests, 2026-10'),
  kubectl: upstream('registry.k8s.io/kubectl', 'v1.36.4', 'pinned with digest in public manifests, 2026-10'),
  'velero-plugin-for-aws': upstream('velero/velero-plugin-for-aws', 'v1.14.4', 'component reference'),
  'velero-plugin-for-microsoft-azure': upstream(
    'velero/velero-plugin-for-microsoft-azure',
    'v1.14.3',
    'pinned in public manifests, 2026-10',
  ),
  'velero-plugin-for-gcp': upstream(
    'velero/velero-plugin-for-gcp',
    'v1.14.4',
    'named in public manifests, 2026-10',
  ),
  prometheus: upstream('quay.io/prometheus/prometheus', 'v3.15.0', 'component reference'),
  grafana: upstream('grafana/grafana', '13.2.3', 'component reference'),
  loki: upstream('grafana/loki', '3.7.8', 'component reference'),
  alloy: upstream('grafana/alloy', 'v1.19.2', 'component reference'),
} as const satisfies Readonly<Record<string, Image>>;

export type ImageName = keyof typeof images;
