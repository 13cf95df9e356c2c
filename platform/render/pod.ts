/** A component's pod: hardened for Pod Security `restricted`, read-only root, no token unless needed. */

import type { IContainer as Container } from 'kubernetes-models/v1/Container';
import type { IEnvVar as EnvVar } from 'kubernetes-models/v1/EnvVar';
import type { IPodTemplateSpec as PodTemplate } from 'kubernetes-models/v1/PodTemplateSpec';
import type { IProbe as Probe } from 'kubernetes-models/v1/Probe';
import type { IResourceRequirements as ResourceRequirements } from 'kubernetes-models/v1/ResourceRequirements';
import type { IVolume as Volume } from 'kubernetes-models/v1/Volume';
import type { IVolumeMount as VolumeMount } from 'kubernetes-models/v1/VolumeMount';
import { imageReference, type Model } from '../model/model.ts';
import type {
  ClusterProfile,
  CommandProbe,
  Component,
  Env,
  HttpProbe,
  Mount,
  Probes,
  Resources,
} from '../model/types.ts';
import { labelsOf } from './metadata.ts';
import { compact } from './tree.ts';

/** Ours and everybody's user: above 10000, so that it is no user of the node. */
const userId = 10001;
const profileOrder: readonly ClusterProfile[] = ['minimal', 'standard', 'full'];

/** Resources that a base carries: those of the smallest profile that runs the component. */
export function baseResources(component: Component): Resources | undefined {
  const profile = profileOrder.find((name) => component.resources?.[name]);
  return profile && component.resources?.[profile];
}

/** Requests and limits; memory is not overcommitted unless the component says so. */
export function requirements(resources: Resources): ResourceRequirements {
  const ephemeral = `${resources.ephemeralMi ?? 256}Mi`;
  return {
    requests: {
      cpu: `${resources.cpuMillis}m`,
      memory: `${resources.memoryMi}Mi`,
      'ephemeral-storage': ephemeral,
    },
    limits: {
      cpu: `${resources.cpuLimitMillis ?? resources.cpuMillis * 2}m`,
      memory: `${resources.memoryLimitMi ?? resources.memoryMi}Mi`,
      'ephemeral-storage': `${(resources.ephemeralMi ?? 256) * 2}Mi`,
    },
  };
}

export function envVar({ name, value, secret, config, field }: Env): EnvVar {
  if (secret) return { name, valueFrom: { secretKeyRef: { name: secret.name, key: secret.key } } };
  if (config) return { name, valueFrom: { configMapKeyRef: { name: 'fineract-config', key: config } } };
  if (field) return { name, valueFrom: { fieldRef: { fieldPath: field } } };
  return { name, value: value ?? '' };
}

/** Variables that every profile has; the profile components add the others. */
const baseEnv = (model: Model, env: readonly Env[]): readonly EnvVar[] =>
  env.filter(({ needs, engine }) => !needs && (!engine || engine === model.engine)).map(envVar);

const handler = (probe: HttpProbe | CommandProbe): Pick<Probe, 'exec' | 'httpGet'> =>
  'command' in probe
    ? { exec: { command: [...probe.command] } }
    : { httpGet: { path: probe.path, port: probe.port } };

function probesOf({
  live,
  ready,
  startSeconds,
}: Probes): Pick<Container, 'livenessProbe' | 'readinessProbe' | 'startupProbe'> {
  return {
    startupProbe: {
      ...handler(live),
      periodSeconds: 5,
      failureThreshold: Math.ceil(startSeconds / 5),
      timeoutSeconds: 3,
    },
    livenessProbe: { ...handler(live), periodSeconds: 10, failureThreshold: 6, timeoutSeconds: 3 },
    readinessProbe: { ...handler(ready), periodSeconds: 5, failureThreshold: 3, timeoutSeconds: 3 },
  };
}

const volumeMount = (mount: Mount): VolumeMount =>
  compact<VolumeMount>({
    name: mount.name,
    mountPath: mount.path,
    readOnly:
      mount.kind === 'config' ||
      mount.kind === 'secret' ||
      (mount.kind === 'claim' && mount.readOnly) ||
      undefined,
  });

function volume(mount: Mount): Volume {
  const { name } = mount;
  switch (mount.kind) {
    case 'scratch':
      return { name, emptyDir: { sizeLimit: `${mount.sizeMi}Mi` } };
    case 'config':
      return { name, configMap: { name } };
    case 'secret':
      return { name, secret: { secretName: name, defaultMode: 0o440 } };
    case 'claim':
      return { name, persistentVolumeClaim: { claimName: name } };
  }
}

/** Volumes of the whole pod, each once. */
function volumesOf(component: Component): readonly Volume[] {
  const mounts = [
    ...(component.mounts ?? []),
    ...(component.extra ?? []).flatMap((container) => container.mounts ?? []),
  ];
  return [...new Map(mounts.map((mount) => [mount.name, volume(mount)])).values()];
}

const containerSecurity: Container['securityContext'] = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  privileged: false,
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
  runAsUser: userId,
  runAsGroup: userId,
};

interface ContainerParts {
  readonly name: string;
  readonly image: string;
  readonly command?: readonly string[] | undefined;
  readonly args?: readonly string[] | undefined;
  readonly ports: readonly string[];
  readonly env: readonly Env[];
  readonly mounts: readonly Mount[];
  readonly resources: Resources;
  readonly probes?: Probes | undefined;
}

function container(model: Model, component: Component, parts: ContainerParts): Container {
  const storage = parts.name === component.name ? component.storage : undefined;
  const mounts = [
    ...parts.mounts.map(volumeMount),
    ...(storage ? [{ name: storage.name, mountPath: storage.path }] : []),
  ];
  const env = baseEnv(model, parts.env);
  return compact<Container>({
    name: parts.name,
    image: imageReference(model, parts.image),
    imagePullPolicy: 'IfNotPresent',
    command: parts.command && [...parts.command],
    args: parts.args && [...parts.args],
    ports: parts.ports.length > 0 ? parts.ports.map((name) => containerPort(component, name)) : undefined,
    env: env.length > 0 ? [...env] : undefined,
    ...(parts.probes ? probesOf(parts.probes) : {}),
    resources: requirements(parts.resources),
    securityContext: containerSecurity,
    volumeMounts: mounts.length > 0 ? mounts : undefined,
  });
}

function containerPort(component: Component, name: string): NonNullable<Container['ports']>[number] {
  const port = component.ports[name];
  if (!port) throw new Error(`${component.name} has no port ${name}.`);
  return { name, containerPort: port.number, protocol: port.protocol ?? 'TCP' };
}

/** The official engine stands in for ours: its own image, started by its own entry point. */
function mainParts(model: Model, component: Component): ContainerParts {
  const apache = model.engine === 'apache-fineract' && component.image === 'fineract';
  const resources = baseResources(component);
  if (!component.image || !resources)
    throw new Error(`${component.name} has no image or no resources to run with.`);
  const taken = new Set((component.extra ?? []).flatMap((container) => container.ports ?? []));
  return {
    name: component.name,
    image: apache ? 'apache-fineract' : component.image,
    command: apache ? undefined : component.command,
    args: component.args,
    ports: Object.keys(component.ports).filter((name) => !taken.has(name)),
    env: component.env ?? [],
    mounts: component.mounts ?? [],
    resources,
    probes: component.probes,
  };
}

/** Spread over zones first, over nodes next; production makes the zones a must (`overlays.ts`). */
function placement(component: Component): Partial<NonNullable<PodTemplate['spec']>> {
  const labelSelector = { matchLabels: { 'app.kubernetes.io/name': component.name } };
  return {
    topologySpreadConstraints: [
      {
        maxSkew: 1,
        topologyKey: 'topology.kubernetes.io/zone',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector,
      },
    ],
    affinity: {
      podAntiAffinity: {
        preferredDuringSchedulingIgnoredDuringExecution: [
          { weight: 100, podAffinityTerm: { topologyKey: 'kubernetes.io/hostname', labelSelector } },
        ],
      },
    },
  };
}

/** The pod template of a component whose pods we write ourselves. */
export function podTemplate(
  model: Model,
  component: Component,
  options: {
    readonly spread?: boolean;
    readonly restartPolicy?: 'Never' | 'OnFailure';
    readonly annotations?: Record<string, string>;
  } = {},
): PodTemplate & { spec: NonNullable<PodTemplate['spec']> } {
  const side = (role: 'init' | 'sidecar'): Container[] =>
    (component.extra ?? [])
      .filter((extra) => extra.role === role)
      .map((extra) => container(model, component, { ports: [], env: [], mounts: [], ...extra }));
  const init = side('init');
  const volumes = volumesOf(component);
  return {
    metadata: {
      labels: labelsOf(component),
      annotations: { 'kubectl.kubernetes.io/default-container': component.name, ...options.annotations },
    },
    spec: compact<NonNullable<PodTemplate['spec']>>({
      serviceAccountName: component.name,
      automountServiceAccountToken: component.apiToken ?? false,
      enableServiceLinks: false,
      priorityClassName: component.priority,
      restartPolicy: options.restartPolicy,
      terminationGracePeriodSeconds: component.terminationGraceSeconds ?? 30,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: userId,
        runAsGroup: userId,
        fsGroup: userId,
        fsGroupChangePolicy: 'OnRootMismatch',
        seccompProfile: { type: 'RuntimeDefault' },
      },
      ...(options.spread ? placement(component) : {}),
      initContainers: init.length > 0 ? init : undefined,
      containers: [container(model, component, mainParts(model, component)), ...side('sidecar')],
      volumes: volumes.length > 0 ? [...volumes] : undefined,
    }),
  };
}
