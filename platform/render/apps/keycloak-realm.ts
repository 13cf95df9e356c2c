/** The `keycloak-realm` ConfigMap: `realm-fineract.yaml`, a YAML rendering of the realm file that people write. */

import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { stringify } from 'yaml';
import { type Model, ModelError } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import type { Inputs } from '../inputs.ts';
import { metadataOf } from '../metadata.ts';

interface RealmUser {
  readonly serviceAccountClientId?: string;
}

/** People come from Fineract through user sync; the realm file's demo users are for one machine only. */
const serviceAccounts = (users: unknown): readonly RealmUser[] =>
  Array.isArray(users)
    ? (users as RealmUser[]).filter((user) => user.serviceAccountClientId !== undefined)
    : [];

/** @throws ModelError when the realm file is missing */
export function keycloakRealmObjects(
  _model: Model,
  component: Component,
  inputs: Inputs,
): readonly IConfigMap[] {
  const { realm } = inputs;
  if (!realm) {
    throw new ModelError(
      'deploy/apps/keycloak/realm/realm-fineract.json is missing; restore the realm file and render again.',
    );
  }
  const clusterRealm = { ...realm, users: serviceAccounts(realm['users']) };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataOf(component, 'keycloak-realm'),
      data: { 'realm-fineract.yaml': stringify(clusterRealm, { lineWidth: 0 }) },
    },
  ];
}
