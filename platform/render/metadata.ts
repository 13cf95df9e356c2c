/** Labels and annotations that every object of a component carries. */

import type { Component } from '../model/types.ts';

/** Labels that select a component's pods: ours, or the ones its operator sets. */
export const selectorOf = (component: Component): Readonly<Record<string, string>> =>
  component.labels ?? { 'app.kubernetes.io/name': component.name };

/** Labels of a component's objects; ours to choose, and never the operator's. */
export const labelsOf = (component: Component): Record<string, string> => ({
  'app.kubernetes.io/name': component.name,
  'app.kubernetes.io/component': component.layer,
  'app.kubernetes.io/part-of': 'fineract',
  owner: 'bank-platform',
});

/** Argo CD applies waves in order and waits for each to be healthy. */
export const waveAnnotation = (wave: number): Record<string, string> => ({
  'argocd.argoproj.io/sync-wave': String(wave),
});

/** Name, labels and wave of a component's object; `name` differs from the component's where Kubernetes needs it. */
export function metadataOf(
  component: Component,
  name = component.name,
): { name: string; labels: Record<string, string>; annotations: Record<string, string> } {
  return { name, labels: labelsOf(component), annotations: waveAnnotation(component.wave) };
}

/** The model file that a component's manifests come from. */
export const sourceOf = (component: Component): string => `platform/model/components (${component.name})`;
