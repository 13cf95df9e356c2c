/** What stands outside the bank's cluster, or belongs to the cluster itself: drawn and allowed, not rendered. */

import { connect } from '../connect.ts';
import { defineComponent } from '../types.ts';

const outside = { workload: { kind: 'outside' }, wave: 0 } as const;

export const people = defineComponent({
  ...outside,
  name: 'people',
  summary: 'Web users, mobile users and API clients',
  box: 'Web Users, Mobile Users, API Clients',
  layer: 'people',
  place: 'outside',
  ports: {},
});

export const objectStore = defineComponent({
  ...outside,
  name: 'object-store',
  summary: 'Object store outside the cluster: documents on the clouds, backups everywhere',
  box: 'AWS S3',
  layer: 'data',
  place: 'outside',
  ports: { https: { number: 443 } },
});

export const mail = defineComponent({
  ...outside,
  name: 'mail',
  summary: 'SMTP relay (AWS SES)',
  box: 'Direct SMTP/SMS',
  layer: 'integration',
  place: 'outside',
  ports: { submission: { number: 587 } },
});

export const sms = defineComponent({
  ...outside,
  name: 'sms',
  summary: 'Text messages (AWS SNS)',
  box: 'Direct SMTP/SMS',
  layer: 'integration',
  place: 'outside',
  ports: { https: { number: 443 } },
});

export const kubernetesApi = defineComponent({
  ...outside,
  name: 'kubernetes-api',
  summary: "The cluster's API server",
  layer: 'cluster',
  place: 'outside',
  // One by its Service, the other by its own address after translation; which address it is differs by cluster.
  ports: { https: { number: 443 }, secure: { number: 6443 } },
  cidr: '0.0.0.0/0',
});

/** GKE hands out workload identities on the node, at one address or the other by the kind of network. */
export const metadataServer = defineComponent({
  ...outside,
  name: 'metadata-server',
  summary: "GKE's metadata server, where pods take on their cloud identity",
  layer: 'cluster',
  place: 'outside',
  ports: { identity: { number: 988 }, 'identity-dataplane': { number: 80 } },
  cidr: '169.254.169.252/30',
  providers: ['gcp'],
});

const identified = ['fineract-read', 'fineract-write', 'fineract-batch', 'pg-backup'] as const;

export const dns = defineComponent({
  ...outside,
  name: 'dns',
  summary: 'Cluster DNS, open to every pod',
  layer: 'cluster',
  place: 'kube-system',
  ports: { dns: { number: 53, protocol: 'UDP' }, 'dns-tcp': { number: 53 } },
  labels: { 'k8s-app': 'kube-dns' },
});

/** Pods that cert-manager starts for a minute to answer an ACME challenge. */
export const acmeSolver = defineComponent({
  ...outside,
  name: 'acme-solver',
  summary: "Answers Let's Encrypt's HTTP challenge while a certificate is issued",
  layer: 'edge',
  place: 'bank',
  ports: { http: { number: 8089 } },
  labels: { 'acme.cert-manager.io/http01-solver': 'true' },
});

export const outsideConnections = [
  connect('people', 'nginx-ingress', 'https', 'the one way in'),
  connect('nginx-ingress', 'gateway', 'http', 'everything on the public host'),
  connect('nginx-ingress', 'keycloak', 'http', 'login pages and tokens on the login host'),
  connect('nginx-ingress', 'acme-solver', 'http', 'certificate challenges'),
  ...identified.map((name) => connect(name, 'metadata-server', 'identity', 'takes on its cloud identity')),
  connect('people', 'nginx-gateway', 'https', 'the one way in'),
  connect('nginx-gateway', 'gateway', 'http', 'everything on the public host'),
  connect('nginx-gateway', 'keycloak', 'http', 'login pages and tokens on the login host'),
  connect('nginx-gateway', 'acme-solver', 'http', 'certificate challenges'),
];
