/** The `keycloak-realm` ConfigMap: `realm-fineract.yaml`, a YAML rendering of the realm file that people write. */

import type { IConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { type Model, ModelError } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import type { Inputs } from '../inputs.ts';
import { metadataOf } from '../metadata.ts';
import { yamlOf } from '../yaml.ts';

interface RealmUser {
  readonly serviceAccountClientId?: string;
}

/** People come from Fineract through user sync; the realm file's demo users are for one machine only. */
const serviceAccounts = (users: unknown): readonly RealmUser[] =>
  Array.isArray(users)
    ? (users as RealmUser[]).filter((user) => user.serviceAccountClientId !== undefined)
    : [];

const USER_PROFILE = 'org.keycloak.userprofile.UserProfileProvider';

interface Profiled {
  readonly components?: Readonly<Record<string, readonly { config: Record<string, readonly string[]> }[]>>;
  readonly attributes?: Readonly<Record<string, string>>;
}

/**
 * Keycloak's export keeps the user profile as text inside a component; keycloak-config-cli passes that over and takes it
 * as `userProfile`, when this attribute is set.
 */
function withUserProfile(realm: Profiled): Readonly<Record<string, unknown>> {
  const { [USER_PROFILE]: profile, ...components } = realm.components ?? {};
  const [text] = profile?.[0]?.config['kc.user.profile.config'] ?? [];
  if (text === undefined) return { ...realm };
  const attributes = { ...realm.attributes, userProfileEnabled: 'true' };
  const { components: _all, ...rest } = realm;
  return {
    ...rest,
    // An empty list would ask for the removal of every component there is, the realm's keys among them.
    ...(Object.keys(components).length === 0 ? {} : { components }),
    attributes,
    userProfile: JSON.parse(text) as unknown,
  };
}

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
  const clusterRealm = { ...withUserProfile(realm), users: serviceAccounts(realm['users']) };
  return [
    {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: metadataOf(component, 'keycloak-realm'),
      data: { 'realm-fineract.yaml': yamlOf(clusterRealm) },
    },
  ];
}
