/**
 * `argocd/`: app-of-apps per environment. `kubectl apply -k deploy/argocd/bootstrap/<env>` brings Argo CD's settings,
 * the environment's projects and its root application; everything else follows from Git.
 */

import type { Environment } from '../../model/environments.ts';
import type { Model } from '../../model/model.ts';
import type { Inputs } from '../inputs.ts';
import { kustomizeFolder } from '../kustomization.ts';
import { roomObjects } from '../room-objects.ts';
import type { RenderedFile } from '../tree.ts';
import { applicationOf, applicationsOf, gitSource } from './applications.ts';
import { argoCdConfig } from './config.ts';
import { projectsOf } from './projects.ts';

const source = 'platform/model/environments.ts';

/** The application that holds the others; its project may hold nothing else. */
const rootOf = (model: Model, environment: Environment) =>
  applicationOf(environment, {
    name: environment.name,
    wave: 0,
    project: 'root',
    namespace: 'argocd',
    source: gitSource(model, environment, `deploy/argocd/applications/${environment.name}`),
  });

function environmentFolders(model: Model, environment: Environment, inputs: Inputs): readonly RenderedFile[] {
  const { name } = environment;
  return [
    ...kustomizeFolder({
      path: `argocd/applications/${name}`,
      source,
      objects: applicationsOf(model, environment),
    }),
    ...kustomizeFolder({
      path: `argocd/projects/${name}`,
      source,
      objects: projectsOf(model, environment, roomObjects(model, environment, inputs)),
    }),
    ...kustomizeFolder({
      path: `argocd/bootstrap/${name}`,
      source,
      objects: [rootOf(model, environment)],
      resources: ['../../config', `../../projects/${name}`],
    }),
  ];
}

export function renderArgoCd(model: Model, inputs: Inputs): readonly RenderedFile[] {
  return [
    ...kustomizeFolder({
      path: 'argocd/config',
      source: 'platform/render/argocd/config.ts',
      objects: argoCdConfig(model),
    }),
    ...model.environments.flatMap((environment) => environmentFolders(model, environment, inputs)),
  ];
}
