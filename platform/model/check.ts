/** Checks that the compiler cannot make. Every problem is found before anything is rendered; each is one sentence. */

import { configValues } from './config-values.ts';
import type { Environment } from './environments.ts';
import { componentsIn, type Model, peakTotals, steadyTotals, type Totals } from './model.ts';
import type { Component, Env, Mount } from './types.ts';

/** One thing to mend: where in the model, and what. */
export interface Problem {
  readonly path: string;
  readonly sentence: string;
}

const problem = (path: string, sentence: string): Problem => ({ path, sentence });
const known = (table: Readonly<Record<string, unknown>>): string => Object.keys(table).join(', ');
const file = (component: Component): string => `platform/model/components (${component.name})`;

/** All problems of a model; an empty list means that it can be rendered. */
export function checkModel(model: Model): readonly Problem[] {
  const structure = [
    ...checkNames(model),
    ...checkEnvironments(model),
    ...checkConnections(model),
    ...model.components.flatMap((component) => checkComponent(model, component)),
  ];
  if (structure.length > 0) return structure;
  return [
    ...checkHosts(model),
    ...checkWaves(model),
    ...checkProfiles(model),
    ...model.environments.flatMap((e) => checkQuota(model, e)),
  ];
}

function checkNames(model: Model): readonly Problem[] {
  const seen = new Set<string>();
  const problems: Problem[] = [];
  for (const { name } of [...model.components, ...model.environments]) {
    if (seen.has(name))
      problems.push(problem('platform/model', `The name "${name}" stands twice; rename one.`));
    if (!/^[a-z][a-z0-9-]{0,40}$/.test(name)) {
      problems.push(
        problem('platform/model', `"${name}" is not a name of small letters, digits and hyphens.`),
      );
    }
    seen.add(name);
  }
  return problems;
}

function checkEnvironments(model: Model): readonly Problem[] {
  return model.environments.flatMap((environment) => {
    const path = `platform/model/environments.ts (${environment.name})`;
    const problems: Problem[] = [];
    if (!Object.hasOwn(model.providers, environment.provider)) {
      problems.push(
        problem(path, `Provider "${environment.provider}" is unknown; use one of ${known(model.providers)}.`),
      );
    }
    if (!Object.hasOwn(model.profiles, environment.profile)) {
      problems.push(
        problem(path, `Profile "${environment.profile}" is unknown; use one of ${known(model.profiles)}.`),
      );
    }
    return problems;
  });
}

function checkConnections(model: Model): readonly Problem[] {
  const components = new Map(model.components.map((component) => [component.name, component]));
  return model.connections.flatMap(({ from, to, port }) => {
    const path = `platform/model/components (${from} -> ${to})`;
    const target = components.get(to);
    const problems: Problem[] = [];
    if (!components.has(from))
      problems.push(problem(path, `The component "${from}" is unknown; declare it or drop the connection.`));
    if (!target) {
      problems.push(problem(path, `The component "${to}" is unknown; declare it or drop the connection.`));
    } else if (!Object.hasOwn(target.ports, port)) {
      const ports = known(target.ports) || 'no port at all';
      problems.push(problem(path, `"${to}" does not serve the port "${port}"; it serves ${ports}.`));
    }
    return problems;
  });
}

const envOf = (component: Component): readonly Env[] => [
  ...(component.env ?? []),
  ...(component.extra ?? []).flatMap((container) => container.env ?? []),
];
const mountsOf = (component: Component): readonly Mount[] => [
  ...(component.mounts ?? []),
  ...(component.extra ?? []).flatMap((container) => container.mounts ?? []),
];

function checkComponent(model: Model, component: Component): readonly Problem[] {
  const path = file(component);
  const problems: Problem[] = [];
  const images = [component.image, ...(component.extra ?? []).map((container) => container.image)];
  for (const image of images) {
    if (image !== undefined && !Object.hasOwn(model.images, image)) {
      problems.push(problem(path, `The image "${image}" is not in platform/model/images.ts.`));
    }
  }
  for (const { name, secret } of envOf(component)) {
    if (secret && !model.secrets[secret.name]?.keys.includes(secret.key)) {
      problems.push(
        problem(
          path,
          `${name} reads the secret "${secret.name}" key "${secret.key}", which platform/model/secrets.ts does not declare.`,
        ),
      );
    }
  }
  for (const mount of mountsOf(component)) {
    if (mount.kind === 'secret' && !Object.hasOwn(model.secrets, mount.name)) {
      problems.push(
        problem(
          path,
          `It mounts the secret "${mount.name}", which platform/model/secrets.ts does not declare.`,
        ),
      );
    }
  }
  return [...problems, ...checkOwnPorts(component), ...checkConfigKeys(model, component)];
}

function checkOwnPorts(component: Component): readonly Problem[] {
  const named = [
    ...(component.service?.ports ?? []),
    ...(component.metrics ? [component.metrics.port] : []),
    ...(component.probes ? [component.probes.live, component.probes.ready] : []).flatMap((p) =>
      'port' in p ? [p.port] : [],
    ),
  ];
  return named
    .filter((port) => !Object.hasOwn(component.ports, port))
    .map((port) =>
      problem(file(component), `It names its port "${port}" but serves ${known(component.ports) || 'none'}.`),
    );
}

function checkConfigKeys(model: Model, component: Component): readonly Problem[] {
  const [environment] = model.environments;
  if (!environment || !Object.hasOwn(model.providers, environment.provider)) return [];
  if (!Object.hasOwn(model.profiles, environment.profile)) return [];
  const values = configValues(model, environment);
  return envOf(component)
    .filter(({ config }) => config !== undefined && !Object.hasOwn(values, config))
    .map(({ name, config }) =>
      problem(
        file(component),
        `${name} reads the key "${config}", which platform/model/config-values.ts does not make.`,
      ),
    );
}

/** Two components may not answer one host or share one Service name. */
function checkHosts(model: Model): readonly Problem[] {
  const owners = new Map<string, string>();
  const problems: Problem[] = [];
  for (const component of model.components) {
    const claims = [
      ...(component.hosts ?? []).map((host) => `host "${host || 'the public host'}"`),
      ...(component.service ? [`Service "${component.service.name}"`] : []),
    ];
    for (const claim of claims) {
      const owner = owners.get(claim);
      if (owner)
        problems.push(
          problem(file(component), `The ${claim} belongs to "${owner}" already; choose another.`),
        );
      owners.set(claim, component.name);
    }
  }
  return problems;
}

/** Whoever is waited for comes in an earlier wave, or in the same one when both only serve. */
function checkWaves(model: Model): readonly Problem[] {
  const wave = new Map(model.components.map((component) => [component.name, component]));
  return model.connections.flatMap(({ from, to }) => {
    const [source, target] = [wave.get(from), wave.get(to)];
    if (
      !source ||
      !target ||
      source.layer === 'monitoring' ||
      source.layer === 'cluster' ||
      source.layer === 'edge'
    )
      return [];
    if (source.layer === 'people' || source.wave >= target.wave) return [];
    return [
      problem(file(source), `It starts in wave ${source.wave} but needs "${to}" of wave ${target.wave}.`),
    ];
  });
}

const describe = ({ cpuMillis, memoryMi, storageGi }: Totals): string =>
  `${cpuMillis / 1000} CPU, ${memoryMi / 1024} Gi memory, ${storageGi} Gi storage`;

/** The reference environment of each profile adds up to the source's row exactly. */
function checkProfiles(model: Model): readonly Problem[] {
  return Object.values(model.profiles).flatMap((row) => {
    const environment = model.environments.find((candidate) => candidate.name === row.reference);
    if (!environment || environment.profile !== row.name || environment.provider !== 'self-hosted') return [];
    const totals = steadyTotals(model, environment);
    const equal =
      totals.cpuMillis === row.cpuMillis &&
      totals.memoryMi === row.memoryMi &&
      totals.storageGi === row.storageGi;
    if (equal) return [];
    return [
      problem(
        `platform/model/profiles.ts (${row.name})`,
        `The components of "${environment.name}" add up to ${describe(totals)}; the table says ${describe(row)}.`,
      ),
    ];
  });
}

function checkQuota(model: Model, environment: Environment): readonly Problem[] {
  const peak = peakTotals(model, environment);
  const { quota } = environment;
  if (
    peak.cpuMillis <= quota.cpuMillis &&
    peak.memoryMi <= quota.memoryMi &&
    peak.storageGi <= quota.storageGi
  )
    return [];
  return [
    problem(
      `platform/model/environments.ts (${environment.name})`,
      `Profile "${environment.profile}" needs ${describe(peak)} at its peak, more than the quota of ${describe(quota)}; ` +
        `raise the quota or shrink ${heaviest(model, environment)}.`,
    ),
  ];
}

function heaviest(model: Model, environment: Environment): string {
  const memory = (c: Component): number => c.resources?.[environment.profile]?.memoryMi ?? 0;
  const [first] = [...componentsIn(model, environment)].sort((a, b) => memory(b) - memory(a));
  return first ? `"${first.name}"` : 'a component';
}
