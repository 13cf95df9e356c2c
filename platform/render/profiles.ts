/** `components/profiles/<profile>`: what a profile changes in the bases: sizes, and the services that they may use. */

import type { Model } from '../model/model.ts';
import type { ProfileRow } from '../model/profiles.ts';
import type { Component, Env } from '../model/types.ts';
import { extraProfiles } from './apps/index.ts';
import { hasApp } from './base.ts';
import { kustomizeFolder, type Patch, type PatchOperation } from './kustomization.ts';
import { baseResources, envVar, requirements } from './pod.ts';
import type { RenderedFile } from './tree.ts';
import { containerPath, workloadTarget } from './workloads/paths.ts';

/** The cache, the broker, the store: variables that name a service appear where the profile runs it. */
function serviceOperations(
  model: Model,
  component: Component,
  profile: ProfileRow,
): readonly PatchOperation[] {
  const wanted = ({ needs, engine }: Env): boolean =>
    needs !== undefined &&
    (profile.services as readonly string[]).includes(needs) &&
    (!engine || engine === model.engine);
  return (component.env ?? []).filter(wanted).map((env) => ({
    op: 'add',
    path: `${containerPath(component, component.name)}/env/-`,
    value: envVar(env),
  }));
}

function sizeOperations(component: Component, profile: ProfileRow): readonly PatchOperation[] {
  const resources = component.resources?.[profile.name];
  if (!resources || resources === baseResources(component)) return [];
  const base = baseResources(component);
  if (base && JSON.stringify(requirements(base)) === JSON.stringify(requirements(resources))) return [];
  return [
    {
      op: 'replace',
      path: `${containerPath(component, component.name)}/resources`,
      value: requirements(resources),
    },
  ];
}

function profilePatches(model: Model, profile: ProfileRow): readonly Patch[] {
  return model.components.filter(hasApp).flatMap((component) => {
    const target = workloadTarget(component);
    const own = target
      ? [
          {
            target,
            operations: [
              ...sizeOperations(component, profile),
              ...serviceOperations(model, component, profile),
            ],
          },
        ]
      : [];
    return [...own, ...(extraProfiles[component.name]?.(model, component, profile) ?? [])];
  });
}

export function renderProfiles(model: Model): readonly RenderedFile[] {
  return Object.values(model.profiles).flatMap((profile) =>
    kustomizeFolder({
      path: `components/profiles/${profile.name}`,
      source: `platform/model/profiles.ts (${profile.name})`,
      kind: 'Component',
      labels: { 'fineract-gitops/profile': profile.name },
      patches: profilePatches(model, profile),
    }),
  );
}
