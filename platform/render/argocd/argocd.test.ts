/** Argo CD's side of the source's environment table, and what its projects let through. */
import { join } from 'node:path';
import type { IApplication } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import type { IAppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { describe, expect, test } from 'vitest';
import { readInputs } from '../../disk.ts';
import { buildFolder } from '../../kustomize/build.ts';
import { createModel, environmentOf } from '../../model/model.ts';
import { renderTree } from '../index.ts';
import { clusterScoped } from '../scope.ts';

const model = createModel();
const tree = renderTree(model, readInputs(join(import.meta.dirname, '../../../deploy')));
const applications = (environment: string): readonly IApplication[] =>
  buildFolder(tree, `argocd/applications/${environment}`) as unknown as readonly IApplication[];
const bootstrap = (environment: string): readonly { kind: string }[] =>
  buildFolder(tree, `argocd/bootstrap/${environment}`);
const root = (environment: string): IApplication =>
  bootstrap(environment).find(({ kind }) => kind === 'Application') as unknown as IApplication;
const projects = (environment: string): readonly IAppProject[] =>
  bootstrap(environment).filter(({ kind }) => kind === 'AppProject') as unknown as readonly IAppProject[];
const waveOf = ({ metadata }: IApplication): number =>
  Number(metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
const groupOf = (apiVersion: string): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

describe.each(model.environments)(
  '$name',
  ({ name, autoSync, retryLimit, syncWindow, branch, tagged, namespace }) => {
    const all = [root(name), ...applications(name)];

    test('syncs by itself or by hand, and tries as often, as the table says', () => {
      for (const { spec, metadata } of all) {
        expect(spec.syncPolicy?.automated !== undefined, metadata.name).toBe(autoSync);
        expect(spec.syncPolicy?.retry?.limit, metadata.name).toBe(retryLimit);
      }
    });

    test('follows its branch, or the tag cut from it', () => {
      const ours = all.filter(({ spec }) => spec.source?.repoURL === model.settings.repository);
      expect(ours).toHaveLength(5);
      for (const { spec } of ours) {
        expect(spec.source?.targetRevision).toBe(tagged ? model.settings.productionTag : branch);
      }
    });

    test('syncs in its window only', () => {
      for (const { spec } of projects(name)) {
        if (!syncWindow) expect(spec.syncWindows).toBeUndefined();
        else {
          expect(spec.syncWindows).toEqual([
            expect.objectContaining({
              kind: 'allow',
              schedule: '0 10 * * 2-4',
              duration: '6h',
              manualSync: false,
            }),
          ]);
        }
      }
    });

    test('reads folders that are in the tree, through projects that exist', () => {
      const known = projects(name).map(({ metadata }) => metadata?.name);
      for (const { spec } of all) {
        expect(known).toContain(spec.project);
        const path = spec.source?.path?.replace(/^deploy\//, '');
        if (path && !path.startsWith('secrets/'))
          expect(tree.has(`${path}/kustomization.yaml`), path).toBe(true);
      }
    });

    test('has operators first, then the cluster, its secrets, and the bank last', () => {
      const wave = (application: string): number =>
        waveOf(all.find(({ metadata }) => metadata.name === application)!);
      const operators = applications(name).filter(({ spec }) => spec.project === 'operators');
      const firstOfOurs = Math.min(wave(`cluster-${name}`), wave(`secrets-${name}`));
      expect(Math.max(...operators.map(waveOf))).toBeLessThan(firstOfOurs);
      expect(wave(`bank-${name}`)).toBeGreaterThan(wave(`cluster-${name}`));
      expect(wave(`bank-${name}`)).toBeGreaterThan(wave(`secrets-${name}`));
    });

    test.each(['bank', 'monitoring', 'cluster'])(
      'its project lets every object of the room %s through',
      (room) => {
        const { spec } = projects(name).find(({ metadata }) => metadata?.name === room)!;
        for (const { apiVersion, kind, metadata } of buildFolder(tree, `environments/${name}/${room}`)) {
          const list = clusterScoped.has(kind)
            ? spec.clusterResourceWhitelist
            : spec.namespaceResourceWhitelist;
          expect(list, `${kind} ${metadata?.name}`).toContainEqual({ group: groupOf(apiVersion), kind });
          if (metadata?.namespace) {
            expect(spec.destinations?.map((destination) => destination.namespace)).toContain(
              metadata.namespace,
            );
          }
        }
      },
    );

    test("the bank's project reaches the bank's namespace and makes nothing for the cluster", () => {
      const { spec } = projects(name).find(({ metadata }) => metadata?.name === 'bank')!;
      expect(spec.destinations?.map((destination) => destination.namespace)).toEqual([namespace]);
      expect(spec.clusterResourceWhitelist).toEqual([{ group: '', kind: 'Namespace' }]);
    });
  },
);

test('only development deletes what its application described', () => {
  for (const { name, stage } of model.environments) {
    const cascades = applications(name).every(({ metadata }) => (metadata.finalizers ?? []).length > 0);
    expect(cascades).toBe(stage === 'dev');
  }
});

test('the night shift sets replicas and Argo CD leaves them', () => {
  const bank = (name: string): IApplication =>
    applications(name).find(({ metadata }) => metadata.name === `bank-${name}`) as IApplication;
  expect(bank('dev-aws').spec.ignoreDifferences).toHaveLength(3);
  expect(bank('production').spec.ignoreDifferences).toBeUndefined();
  expect(environmentOf(model, 'production').sleepsAtNight).toBe(false);
});
