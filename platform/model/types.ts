/**
 * The vocabulary of the deployment model: what a component is, in data. Nothing here does I/O and nothing here
 * knows Kubernetes' YAML; `render/` turns these facts into manifests.
 */

import type { ImageName } from './images.ts';
import type { SecretRef } from './secrets.ts';

/** The source's three cluster profiles; `local` is one machine, started without a cluster. */
export type Profile = 'minimal' | 'standard' | 'full' | 'local';
export type ClusterProfile = Exclude<Profile, 'local'>;
export type ProviderName = 'self-hosted' | 'aws' | 'azure' | 'gcp';
export type Stage = 'dev' | 'uat' | 'production';
/** Who answers Fineract's API: our own server, or the official Apache Fineract behind the same names. */
export type Engine = 'fineract-ts' | 'apache-fineract';

/** Layers of the source's architecture diagram; they order the drawings and the docs. */
export type Layer =
  | 'people'
  | 'edge'
  | 'identity'
  | 'core'
  | 'data'
  | 'integration'
  | 'monitoring'
  | 'cluster';

/** Where a component lives. `bank` is the environment's own namespace; `outside` is not in the cluster. */
export type Place =
  | 'bank'
  | 'monitoring'
  | 'nginx-ingress'
  | 'nginx-gateway'
  | 'cert-manager'
  | 'sealed-secrets'
  | 'argo-rollouts'
  | 'velero'
  | 'cnpg-system'
  | 'strimzi'
  | 'kube-system'
  | 'outside';

export interface Port {
  readonly number: number;
  readonly protocol?: 'TCP' | 'UDP';
}
export type Ports = Readonly<Record<string, Port>>;

/** Requests of one replica; the memory limit equals the request unless `memoryLimitMi` says otherwise. */
export interface Resources {
  readonly cpuMillis: number;
  readonly memoryMi: number;
  /** CPU limit; twice the request when absent. */
  readonly cpuLimitMillis?: number;
  readonly memoryLimitMi?: number;
  readonly ephemeralMi?: number;
}

/** Resources per profile; a profile that is absent does not run the component. */
export type ByProfile<T> = Partial<Readonly<Record<ClusterProfile, T>>>;
export type ByStage<T> = Readonly<Record<Stage, T>>;

/** A service that only some profiles run; what names it is left out where it does not run. */
export type OptionalService = 'redis' | 'kafka' | 's3';

/** One environment variable. `needs` leaves it out where that service does not run. */
export interface Env {
  readonly name: string;
  readonly value?: string;
  readonly secret?: SecretRef;
  /** A key of the `fineract-config` ConfigMap. */
  readonly config?: string;
  /** A fact of the pod itself, such as `spec.nodeName`. */
  readonly field?: string;
  readonly needs?: OptionalService;
  readonly engine?: Engine;
}

/** A file or folder mounted into the container, read-only unless it is scratch space or a claim. */
export type Mount =
  | { readonly kind: 'scratch'; readonly name: string; readonly path: string; readonly sizeMi: number }
  | { readonly kind: 'config'; readonly name: string; readonly path: string }
  | { readonly kind: 'secret'; readonly name: string; readonly path: string }
  | { readonly kind: 'claim'; readonly name: string; readonly path: string; readonly readOnly?: boolean };

export interface HttpProbe {
  readonly path: string;
  readonly port: string;
}
export interface CommandProbe {
  readonly command: readonly string[];
}
export interface Probes {
  readonly live: HttpProbe | CommandProbe;
  readonly ready: HttpProbe | CommandProbe;
  /** How long a start may take before the kubelet gives up, in seconds. */
  readonly startSeconds: number;
}

/** A second container of the same pod, for what the first cannot do (an exporter, a copy at start). */
export interface SideContainer {
  readonly name: string;
  readonly image: ImageName;
  /** `init` runs once before the main container. */
  readonly role: 'sidecar' | 'init';
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Env[];
  readonly mounts?: readonly Mount[];
  readonly ports?: readonly string[];
  readonly resources: Resources;
  readonly probes?: Probes;
}

/** A volume of the component; `copies` are replicas of the same data and count once in a profile's storage. */
export interface Storage {
  readonly name: string;
  readonly path: string;
  readonly sizeGi: number;
}

/** How a component is run. Each kind has one room in `render/workloads/`. */
export type Workload =
  | { readonly kind: 'canary' }
  | { readonly kind: 'blue-green' }
  | { readonly kind: 'deployment' }
  | { readonly kind: 'statefulset' }
  | { readonly kind: 'daemonset' }
  | { readonly kind: 'job'; readonly deadlineSeconds: number }
  | {
      readonly kind: 'cronjob';
      readonly schedule: string;
      readonly timeZone: string;
      readonly deadlineSeconds: number;
      /** Stages that run it; all when absent. */
      readonly stages?: readonly Stage[];
    }
  /** Files that another component carries in its pod. */
  | { readonly kind: 'files'; readonly carriedBy: string }
  /** Described by a custom resource that an operator turns into pods; `render/apps/<name>.ts` writes it. */
  | { readonly kind: 'managed' }
  /** Installed from its maintainers' Helm chart by Argo CD. */
  | {
      readonly kind: 'chart';
      readonly repository: string;
      readonly chart: string;
      readonly version: string;
      readonly values: Readonly<Record<string, unknown>>;
    }
  /** Drawn and allowed through the network, but not ours to run. */
  | { readonly kind: 'outside' };

/** Scale by CPU between the stage's replicas and this maximum. */
export interface Autoscaling {
  readonly replicasMax: ByStage<number>;
  readonly cpuTargetPercent: number;
}

/** The database, cache, queue or program that one box of the source's diagram stands for. */
export interface Component {
  readonly name: string;
  /** What it does, one line. */
  readonly summary: string;
  /** The source's name of the box, where it differs. */
  readonly box?: string;
  readonly layer: Layer;
  readonly place: Place;
  readonly workload: Workload;
  /** Argo CD sync wave: what others need comes first. */
  readonly wave: number;
  readonly image?: ImageName;
  readonly ports: Ports;
  readonly service?: { readonly name: string; readonly ports: readonly string[] };
  /** Where Prometheus scrapes. */
  readonly metrics?: { readonly port: string; readonly path: string };
  readonly probes?: Probes;
  readonly command?: readonly string[];
  readonly args?: readonly string[];
  readonly env?: readonly Env[];
  readonly mounts?: readonly Mount[];
  readonly extra?: readonly SideContainer[];
  readonly storage?: Storage;
  readonly replicas?: ByStage<number>;
  readonly resources?: ByProfile<Resources>;
  readonly autoscaling?: Autoscaling;
  readonly priority?: 'bank-critical' | 'bank-standard' | 'bank-batch';
  /** The pod labels that select it, where they are not ours to choose. */
  readonly labels?: Readonly<Record<string, string>>;
  /** Needs a cloud identity (IRSA, Workload Identity) to reach the object store. */
  readonly objectStoreAccess?: boolean;
  /** Talks to the Kubernetes API, so its ServiceAccount token is mounted. */
  readonly apiToken?: boolean;
  /** Addresses of what is no pod and not on the public internet; all its ports are opened together. */
  readonly cidr?: string;
  /** Only these providers run it in the cluster; all when absent. */
  readonly providers?: readonly ProviderName[];
  /** Only environments with this way in run it; all when absent. */
  readonly edge?: 'ingress' | 'gateway-api';
  /** Host names it answers, relative to the environment's host; checked to be one component's alone. */
  readonly hosts?: readonly string[];
  readonly terminationGraceSeconds?: number;
}

/** The places where a component names its own ports; the compiler holds them to the ports it declares. */
interface NamesOwnPorts<PortName extends string> {
  readonly service?: { readonly ports: readonly PortName[] };
  readonly metrics?: { readonly port: PortName };
  readonly probes?: Record<'live' | 'ready', { readonly port: PortName } | CommandProbe>;
}

/** Declares a component, keeping its name and ports as literal types so that connections are checked by the compiler. */
export function defineComponent<const C extends Component>(
  component: C & NamesOwnPorts<keyof C['ports'] & string>,
): C {
  return component;
}

/** One arrow: who may open a connection to whom, on which port, and why. */
export interface Connection {
  readonly from: string;
  readonly to: string;
  readonly port: string;
  readonly why: string;
  /** Not where the cluster runs this service itself. */
  readonly unless?: OptionalService;
}
