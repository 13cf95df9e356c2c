/** Argo CD's own objects: applications point at folders that are there, within what their project allows. */

import { buildFolder } from '../kustomize/build.ts';
import { clusterScoped } from '../render/scope.ts';
import type { KubeObject, Tree } from '../render/tree.ts';
import { at, listAt, nameOf, namespaceOf, textAt, titleOf } from './objects.ts';

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const groupOf = ({ apiVersion }: KubeObject): string =>
  apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : '';

/** What is wrong with the applications and projects of one environment. */
export function argocdProblems(tree: Tree, environment: string): readonly string[] {
  const folder = (name: string): readonly KubeObject[] => {
    const path = `argocd/${name}/${environment}`;
    return tree.has(`${path}/kustomization.yaml`) ? buildFolder(tree, path) : [];
  };
  const objects = ['bootstrap', 'applications', 'projects'].flatMap(folder);
  const projects = objects.filter(({ kind }) => kind === 'AppProject');
  const applications = objects.filter(({ kind }) => kind === 'Application');
  if (applications.length === 0)
    return [`${environment} has no Argo CD application, so nothing is applied there.`];
  return applications.flatMap((application) => applicationProblems(tree, environment, application, projects));
}

function applicationProblems(
  tree: Tree,
  environment: string,
  application: KubeObject,
  projects: readonly KubeObject[],
): readonly string[] {
  const title = titleOf(application);
  const project = projects.find((candidate) => nameOf(candidate) === textAt(application, 'spec', 'project'));
  if (!project)
    return [
      `${title} belongs to the project "${textAt(application, 'spec', 'project')}", which is not there.`,
    ];
  const repository = textAt(application, 'spec', 'source', 'repoURL') ?? '';
  const sources = at(project, 'spec', 'sourceRepos');
  const path = textAt(application, 'spec', 'source', 'path');
  const allowed = isList(sources) && sources.includes(repository);
  return [
    ...(allowed ? [] : [`${title} reads ${repository}, which its project does not allow.`]),
    ...(path === undefined ? [] : pathProblems(tree, environment, application, project, path)),
    ...destinationProblems(title, textAt(application, 'spec', 'destination', 'namespace') ?? '', project),
  ];
}

function pathProblems(
  tree: Tree,
  environment: string,
  application: KubeObject,
  project: KubeObject,
  path: string,
): readonly string[] {
  const folder = path.replace(/^deploy\//, '');
  // Sealed files are written by people, per environment; `secrets check` looks at them.
  if (folder === `secrets/${environment}`) return [];
  if (!tree.has(`${folder}/kustomization.yaml`))
    return [`${titleOf(application)} reads ${path}, which is not in the tree.`];
  return buildFolder(tree, folder).flatMap((object) => objectProblems(titleOf(application), object, project));
}

/** May this project apply this object? */
function objectProblems(title: string, object: KubeObject, project: KubeObject): readonly string[] {
  const cluster = clusterScoped.has(object.kind);
  const list = listAt(project, 'spec', cluster ? 'clusterResourceWhitelist' : 'namespaceResourceWhitelist');
  const matches = (value: unknown, wanted: string): boolean => value === '*' || value === wanted;
  const allowed = list.some(
    ({ group, kind }) => matches(group, groupOf(object)) && matches(kind, object.kind),
  );
  return [
    ...(allowed ? [] : [`${title} holds ${titleOf(object)}, a kind that its project does not allow.`]),
    ...(cluster ? [] : destinationProblems(title, namespaceOf(object), project)),
  ];
}

function destinationProblems(title: string, namespace: string, project: KubeObject): readonly string[] {
  const names = listAt(project, 'spec', 'destinations').map((destination) =>
    textAt(destination, 'namespace'),
  );
  if (namespace === '' || names.includes(namespace) || names.includes('*')) return [];
  return [`${title} goes to the namespace "${namespace}", which its project does not allow.`];
}
