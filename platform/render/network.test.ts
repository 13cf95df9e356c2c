/** A simulation of what a network plug-in makes of the rendered policies, for every pair of components. */

import type { INetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { describe, expect, test } from 'vitest';
import type { Environment } from '../model/environments.ts';
import { connectionsIn, createModel, runsIn } from '../model/model.ts';
import type { Component } from '../model/types.ts';
import { labelsOf, selectorOf } from './metadata.ts';
import { networkPolicies } from './network.ts';

type Spec = NonNullable<INetworkPolicy['spec']>;
interface Peer {
  readonly podSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly namespaceSelector?: { readonly matchLabels?: Readonly<Record<string, string>> };
  readonly ipBlock?: { readonly cidr: string };
}
interface Rule {
  readonly peers: readonly Peer[];
  readonly ports: readonly { readonly protocol?: string; readonly port?: string | number }[];
}
interface Pod {
  readonly namespace: string;
  readonly labels: Readonly<Record<string, string>>;
}

const model = createModel();
const matches = (labels: Readonly<Record<string, string>>, selector: Peer['podSelector']): boolean =>
  Object.entries(selector?.matchLabels ?? {}).every(([key, value]) => labels[key] === value);

const podOf = (component: Component, environment: Environment): Pod => ({
  namespace: component.place === 'bank' ? environment.namespace : component.place,
  labels: { ...(component.labels ? {} : labelsOf(component)), ...selectorOf(component) },
});

/** Pods that no policy selects in a direction are open in it; selected ones need a rule that lets the traffic by. */
function allows(
  policies: readonly INetworkPolicy[],
  direction: 'Ingress' | 'Egress',
  pod: Pod,
  other: Pod,
  port: { number: number; protocol: string },
): boolean {
  const specs = policies
    .map(({ spec }) => spec as Spec)
    .filter(
      (spec) =>
        spec.policyTypes?.includes(direction) && matches(pod.labels, spec.podSelector as Peer['podSelector']),
    );
  if (specs.length === 0) return true;
  const rules: Rule[] = specs.flatMap((spec) =>
    direction === 'Ingress'
      ? (spec.ingress ?? []).map(({ from, ports }) => ({ peers: (from ?? []) as Peer[], ports: ports ?? [] }))
      : (spec.egress ?? []).map(({ to, ports }) => ({ peers: (to ?? []) as Peer[], ports: ports ?? [] })),
  );
  return rules.some(
    ({ peers, ports }) =>
      ports.some((open) => open.port === port.number && (open.protocol ?? 'TCP') === port.protocol) &&
      peers.some((peer) => peerMatches(peer, pod, other)),
  );
}

function peerMatches(peer: Peer, pod: Pod, other: Pod): boolean {
  // Pods have private addresses; only the API server's rule covers them, and it is not what this test is about.
  if (peer.ipBlock) return false;
  const namespace = peer.namespaceSelector?.matchLabels?.['kubernetes.io/metadata.name'] ?? pod.namespace;
  return namespace === other.namespace && matches(other.labels, peer.podSelector);
}

const guarded = ['bank', 'monitoring'] as const;

const withGatewayApi = model.environments
  .slice(-1)
  .map((e): Environment => ({ ...e, name: 'Gateway API', edge: 'gateway-api' }));

describe.each([...model.environments, ...withGatewayApi])('$name', (environment) => {
  const policies = Object.fromEntries(
    guarded.map((place) => [
      place === 'bank' ? environment.namespace : place,
      networkPolicies(model, environment, place),
    ]),
  );
  const pods = model.components.filter(
    (c) =>
      runsIn(model, c, environment) &&
      c.place !== 'outside' &&
      c.workload.kind !== 'files' &&
      c.name !== 'dns',
  );
  const allowed = (from: Component, to: Component, port: { number: number; protocol: string }): boolean => {
    const [source, target] = [podOf(from, environment), podOf(to, environment)];
    const out = policies[source.namespace];
    const into = policies[target.namespace];
    return (
      (!out || allows(out, 'Egress', source, target, port)) &&
      (!into || allows(into, 'Ingress', target, source, port))
    );
  };

  test('lets exactly the connections of the model through', () => {
    const wanted = new Set(
      connectionsIn(model, environment).map(({ from, to, port }) => `${from} -> ${to}:${port}`),
    );
    const wrong: string[] = [];
    for (const from of pods) {
      for (const to of pods) {
        if (!guarded.some((place) => place === to.place || place === from.place)) continue;
        for (const [name, port] of Object.entries(to.ports)) {
          const arrow = `${from.name} -> ${to.name}:${name}`;
          const open = allowed(from, to, { number: port.number, protocol: port.protocol ?? 'TCP' });
          if (open !== wanted.has(arrow)) wrong.push(`${arrow} is ${open ? 'open' : 'closed'}`);
        }
      }
    }
    expect(wrong).toEqual([]);
  });

  test('lets every pod ask the cluster DNS, and no pod anything else there', () => {
    const dns = { namespace: 'kube-system', labels: { 'k8s-app': 'kube-dns' } };
    for (const component of pods) {
      const pod = podOf(component, environment);
      const own = policies[pod.namespace];
      if (!own) continue;
      expect(allows(own, 'Egress', pod, dns, { number: 53, protocol: 'UDP' })).toBe(true);
      expect(allows(own, 'Egress', pod, dns, { number: 9153, protocol: 'TCP' })).toBe(false);
    }
  });

  test('shuts out a pod that the model does not know', () => {
    const stranger = { namespace: environment.namespace, labels: { 'app.kubernetes.io/name': 'stranger' } };
    const bank = policies[environment.namespace] ?? [];
    for (const to of pods.filter(({ place }) => place === 'bank')) {
      const target = podOf(to, environment);
      for (const port of Object.values(to.ports)) {
        const wire = { number: port.number, protocol: port.protocol ?? 'TCP' };
        expect(allows(bank, 'Ingress', target, stranger, wire)).toBe(false);
        expect(allows(bank, 'Egress', stranger, target, wire)).toBe(false);
      }
    }
  });
});
