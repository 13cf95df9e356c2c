/**
 * How a component is reached from outside: one host, its certificate, and either an Ingress of the NGINX Ingress
 * Controller or Gateway API routes. No snippets: routing by method is the gateway's own work.
 */

import type { ICertificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import type { IGateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import type { IHTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import type { IIngress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import type { Environment } from '../model/environments.ts';
import { componentsIn, hostOf, type Model } from '../model/model.ts';
import type { Component } from '../model/types.ts';
import { metadataOf, waveAnnotation } from './metadata.ts';
import type { KubeObject } from './tree.ts';

/** Paths that the outside may reach. Keycloak's console and Admin API stay inside. */
const publicPaths: Readonly<Record<string, readonly string[]>> = { keycloak: ['/realms', '/resources'] };
const pathsOf = (component: Component): readonly string[] => publicPaths[component.name] ?? ['/'];

const ingressAnnotations = {
  'nginx.org/client-max-body-size': '16m',
  'nginx.org/proxy-buffer-size': '16k',
  'nginx.org/proxy-read-timeout': '90s',
  'nginx.org/redirect-to-https': 'true',
  'nginx.org/hsts': 'true',
};

function certificate(component: Component, environment: Environment, host: string): ICertificate {
  return {
    apiVersion: 'cert-manager.io/v1',
    kind: 'Certificate',
    metadata: metadataOf(component, `${component.name}-tls`),
    spec: {
      secretName: `${component.name}-tls`,
      dnsNames: [host],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: environment.issuer },
      privateKey: { algorithm: 'ECDSA', size: 256, rotationPolicy: 'Always' },
      renewBeforePercentage: 33,
    },
  };
}

function ingress(component: Component, host: string, service: string, port: string): IIngress {
  const metadata = metadataOf(component);
  return {
    apiVersion: 'networking.k8s.io/v1',
    kind: 'Ingress',
    metadata: { ...metadata, annotations: { ...metadata.annotations, ...ingressAnnotations } },
    spec: {
      ingressClassName: 'nginx',
      tls: [{ hosts: [host], secretName: `${component.name}-tls` }],
      rules: [
        {
          host,
          http: {
            paths: pathsOf(component).map((path) => ({
              path,
              pathType: 'Prefix',
              backend: { service: { name: service, port: { name: port } } },
            })),
          },
        },
      ],
    },
  };
}

/** Where the Gateway, its certificates and its proxies are: not the bank's namespace, which takes no load balancer. */
const gatewayNamespace = 'nginx-gateway';
const gatewayName = 'fineract';

function route(component: Component, host: string, service: string, port: number): IHTTPRoute {
  return {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'HTTPRoute',
    metadata: metadataOf(component),
    spec: {
      parentRefs: [{ name: gatewayName, namespace: gatewayNamespace, sectionName: component.name }],
      hostnames: [host],
      rules: [
        {
          matches: pathsOf(component).map((value) => ({ path: { type: 'PathPrefix', value } })),
          backendRefs: [{ name: service, port }],
        },
      ],
    },
  };
}

/** Components with a host of their own, and the host. */
const hostedIn = (model: Model, environment: Environment): readonly (readonly [Component, string])[] =>
  componentsIn(model, environment).flatMap((component) =>
    (component.hosts ?? []).map((part) => [component, hostOf(model, environment, part)] as const),
  );

/** One Gateway with a listener per host, and one without TLS for certificate challenges; none with an Ingress. */
export function gatewayObjects(model: Model, environment: Environment): readonly KubeObject[] {
  if (environment.edge !== 'gateway-api') return [];
  const hosted = hostedIn(model, environment);
  const inBank = { matchLabels: { 'kubernetes.io/metadata.name': environment.namespace } };
  const allowedRoutes = { namespaces: { from: 'Selector' as const, selector: inBank } };
  const gateway: IGateway = {
    apiVersion: 'gateway.networking.k8s.io/v1',
    kind: 'Gateway',
    metadata: {
      name: gatewayName,
      namespace: gatewayNamespace,
      labels: {
        'app.kubernetes.io/name': gatewayName,
        'app.kubernetes.io/part-of': 'fineract',
        owner: 'bank-platform',
      },
      annotations: waveAnnotation(1),
    },
    spec: {
      gatewayClassName: 'nginx',
      listeners: [
        { name: 'challenges', protocol: 'HTTP', port: 80, allowedRoutes },
        ...hosted.map(([{ name }, hostname]) => ({
          name,
          protocol: 'HTTPS',
          port: 443,
          hostname,
          tls: { mode: 'Terminate' as const, certificateRefs: [{ name: `${name}-tls` }] },
          allowedRoutes,
        })),
      ],
    },
  };
  const certificates = hosted.map(([component, host]) => {
    const object = certificate(component, environment, host);
    return {
      ...object,
      metadata: { ...object.metadata, namespace: gatewayNamespace, annotations: waveAnnotation(1) },
    };
  });
  return [gateway, ...certificates];
}

/** The objects that open a component to the outside in one environment; none for most components. */
export function edgeObjects(
  model: Model,
  component: Component,
  environment: Environment,
): readonly KubeObject[] {
  const { service } = component;
  const [portName] = service?.ports ?? [];
  if (!service || portName === undefined) return [];
  const port = component.ports[portName]?.number ?? 0;
  return (component.hosts ?? []).flatMap((part): readonly KubeObject[] => {
    const host = hostOf(model, environment, part);
    if (environment.edge === 'gateway-api') return [route(component, host, service.name, port)];
    return [certificate(component, environment, host), ingress(component, host, service.name, portName)];
  });
}
