/**
 * What a component's facts alone do not give. A component that needs some gets a file beside this one and a line in a
 * table below: objects for its base, patches per environment, profile or provider.
 */

import type { Environment } from '../../model/environments.ts';
import type { Model } from '../../model/model.ts';
import type { ProfileRow } from '../../model/profiles.ts';
import type { Provider } from '../../model/providers.ts';
import type { Component } from '../../model/types.ts';
import type { Inputs } from '../inputs.ts';
import type { Patch } from '../kustomization.ts';
import { alloyObjects } from '../monitoring/alloy.ts';
import { grafanaObjects } from '../monitoring/grafana.ts';
import { lokiObjects } from '../monitoring/loki.ts';
import { prometheusObjects } from '../monitoring/prometheus.ts';
import type { KubeObject } from '../tree.ts';
import { kafkaObjects, kafkaProvider } from './kafka.ts';
import { keycloakRealmObjects } from './keycloak-realm.ts';
import { nightShiftObjects } from './night-shift.ts';
import { postgresqlObjects, postgresqlOverlay, postgresqlProfile, postgresqlProvider } from './postgresql.ts';
import { redisObjects } from './redis.ts';

/** Objects of a base beyond the workload and what stands around it: custom resources, configuration files, roles. */
export const extraObjects: Readonly<
  Record<string, (model: Model, component: Component, inputs: Inputs) => readonly KubeObject[]>
> = {
  alloy: alloyObjects,
  grafana: grafanaObjects,
  kafka: kafkaObjects,
  'keycloak-realm': keycloakRealmObjects,
  loki: lokiObjects,
  'night-sleep': nightShiftObjects,
  'night-wake': nightShiftObjects,
  postgresql: postgresqlObjects,
  prometheus: prometheusObjects,
  redis: redisObjects,
};

export const extraOverlays: Readonly<
  Record<string, (model: Model, component: Component, environment: Environment) => readonly Patch[]>
> = { postgresql: postgresqlOverlay };

export const extraProfiles: Readonly<
  Record<string, (model: Model, component: Component, profile: ProfileRow) => readonly Patch[]>
> = { postgresql: postgresqlProfile };

export const extraProviders: Readonly<
  Record<string, (model: Model, component: Component, provider: Provider) => readonly Patch[]>
> = { kafka: kafkaProvider, postgresql: postgresqlProvider };
