/** The night shift may scale workloads of its own namespace, and nothing else. */

import type { IRole } from 'kubernetes-models/rbac.authorization.k8s.io/v1/Role';
import type { IRoleBinding } from 'kubernetes-models/rbac.authorization.k8s.io/v1/RoleBinding';
import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import { metadataOf } from '../metadata.ts';
import type { KubeObject } from '../tree.ts';

export function nightShiftObjects(_model: Model, component: Component): readonly KubeObject[] {
  const metadata = metadataOf(component);
  const role: IRole = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'Role',
    metadata,
    rules: [
      { apiGroups: ['argoproj.io'], resources: ['rollouts'], verbs: ['get', 'list'] },
      { apiGroups: ['argoproj.io'], resources: ['rollouts/scale'], verbs: ['get', 'patch', 'update'] },
      { apiGroups: ['apps'], resources: ['deployments', 'statefulsets'], verbs: ['get', 'list'] },
      {
        apiGroups: ['apps'],
        resources: ['deployments/scale', 'statefulsets/scale'],
        verbs: ['get', 'patch', 'update'],
      },
    ],
  };
  const binding: IRoleBinding = {
    apiVersion: 'rbac.authorization.k8s.io/v1',
    kind: 'RoleBinding',
    metadata,
    roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: component.name },
    subjects: [{ kind: 'ServiceAccount', name: component.name }],
  };
  return [role, binding];
}
