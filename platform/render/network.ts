/**
 * NetworkPolicies, derived from the connections alone: everything is denied, then each connection of the model opens
 * one port from one set of pods to another. Cluster DNS is open to all; probes come from the node, which policies
 * always let through; scraping is a connection like any other.
 */

import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import type { Environment } from '../model/environments.ts';
import {
  componentOf,
  connectionsIn,
  isManagedDatabase,
  type Model,
  providerOf,
  runsIn,
} from '../model/model.ts';
import type { Component, Connection, Place } from '../model/types.ts';
import { selectorOf } from './metadata.ts';

type Spec = NonNullable<INetworkPolicy['spec']>;
type EgressRule = NonNullable<Spec['egress']>[number];
type IngressRule = NonNullable<Spec['ingress']>[number];
type Peer = NonNullable<EgressRule['to']>[number];
type PolicyPort = NonNullable<EgressRule['ports']>[number];

/** Namespaces whose pods stand under our policies. */
export type GuardedPlace = 'bank' | 'monitoring';

const namespaceOf = (place: Place, environment: Environment): string =>
  place === 'bank' ? environment.namespace : place;

const inNamespace = (name: string) => ({ matchLabels: { 'kubernetes.io/metadata.name': name } });

/** Addresses on the internet: not the node's metadata service, and no private network. */
const internet: Peer = {
  ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.168.0.0/16'] },
};

/** The pods, or the addresses, that a component is to a pod in `from`. */
function peerOf(model: Model, component: Component, from: Place, environment: Environment): Peer {
  if (isManagedDatabase(model, component, environment)) {
    return { ipBlock: { cidr: providerOf(model, environment.provider).privateCidr } };
  }
  if (component.cidr) return { ipBlock: { cidr: component.cidr } };
  if (component.place === 'outside') return internet;
  const podSelector = { matchLabels: { ...selectorOf(component) } };
  if (component.place === from) return { podSelector };
  return { namespaceSelector: inNamespace(namespaceOf(component.place, environment)), podSelector };
}

function portOf(component: Component, name: string): PolicyPort {
  const port = component.ports[name];
  if (!port) throw new Error(`${component.name} has no port ${name}.`);
  return { protocol: port.protocol ?? 'TCP', port: port.number };
}

/** What stands at an address of its own may be reached by any of its ports (see `cidr`). */
function portsOf(component: Component, name: string): PolicyPort[] {
  if (component.cidr) return Object.keys(component.ports).map((port) => portOf(component, port));
  return [portOf(component, name)];
}

/** Joins rules with one peer, so that a reader sees each neighbour once. */
function rules<R extends { ports: PolicyPort[]; key: string }>(list: readonly R[]): R[] {
  const merged = new Map<string, R>();
  for (const rule of list) {
    const same = merged.get(rule.key);
    merged.set(rule.key, same ? { ...same, ports: mergePorts(same.ports, rule.ports) } : rule);
  }
  return [...merged.values()];
}

const mergePorts = (a: PolicyPort[], b: PolicyPort[]): PolicyPort[] => [
  ...new Map([...a, ...b].map((port) => [`${port.protocol}/${port.port}`, port])).values(),
];

const metadata = (name: string) => ({
  name,
  labels: { 'app.kubernetes.io/name': name, 'app.kubernetes.io/part-of': 'fineract', owner: 'bank-platform' },
  // Before every workload, so that no pod ever runs unguarded.
  annotations: { 'argocd.argoproj.io/sync-wave': '-1' },
});

const policy = (name: string, spec: Spec): INetworkPolicy => ({
  apiVersion: 'networking.k8s.io/v1',
  kind: 'NetworkPolicy',
  metadata: metadata(name),
  spec,
});

const defaultDeny = policy('default-deny', { podSelector: {}, policyTypes: ['Ingress', 'Egress'] });

function allowDns(model: Model): INetworkPolicy {
  const dns = componentOf(model, 'dns');
  return policy('allow-dns', {
    podSelector: {},
    policyTypes: ['Egress'],
    egress: [
      {
        to: [
          { namespaceSelector: inNamespace(dns.place), podSelector: { matchLabels: { ...selectorOf(dns) } } },
        ],
        ports: Object.keys(dns.ports).map((name) => portOf(dns, name)),
      },
    ],
  });
}

function ingressRules(
  model: Model,
  component: Component,
  links: readonly Connection[],
  environment: Environment,
): IngressRule[] {
  const incoming = links
    .filter(({ to }) => to === component.name)
    .map(({ from, port }) => {
      const peer = peerOf(model, componentOf(model, from), component.place, environment);
      return { key: JSON.stringify(peer), peer, ports: [portOf(component, port)] };
    });
  return rules(incoming).map(({ peer, ports }) => ({ from: [peer], ports }));
}

function egressRules(
  model: Model,
  component: Component,
  links: readonly Connection[],
  environment: Environment,
): EgressRule[] {
  const outgoing = links
    .filter(({ from }) => from === component.name)
    .map(({ to, port }) => {
      const target = componentOf(model, to);
      const peer = peerOf(model, target, component.place, environment);
      return { key: JSON.stringify(peer), peer, ports: portsOf(target, port) };
    });
  return rules(outgoing).map(({ peer, ports }) => ({ to: [peer], ports }));
}

/** Has pods of its own in a guarded namespace. */
const hasPods = (component: Component, place: GuardedPlace): boolean =>
  component.place === place && component.workload.kind !== 'files';

/** All policies of one namespace of one environment. */
export function networkPolicies(
  model: Model,
  environment: Environment,
  place: GuardedPlace,
): readonly INetworkPolicy[] {
  const links = connectionsIn(model, environment);
  const own = model.components
    .filter((component) => hasPods(component, place) && runsIn(model, component, environment))
    .map((component) => {
      const ingress = ingressRules(model, component, links, environment);
      const egress = egressRules(model, component, links, environment);
      return policy(component.name, {
        podSelector: { matchLabels: { ...selectorOf(component) } },
        policyTypes: ['Ingress', 'Egress'],
        ...(ingress.length > 0 ? { ingress } : {}),
        ...(egress.length > 0 ? { egress } : {}),
      });
    });
  return [defaultDeny, allowDns(model), ...own];
}
