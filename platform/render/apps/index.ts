/**
 * Objects that a component's facts alone do not give: custom resources, configuration files, roles. A component that
 * needs some gets a file beside this one and a line in the table.
 */

import type { Model } from '../../model/model.ts';
import type { Component } from '../../model/types.ts';
import type { KubeObject } from '../tree.ts';
import { kafkaObjects } from './kafka.ts';
import { nightShiftObjects } from './night-shift.ts';
import { postgresqlObjects } from './postgresql.ts';
import { redisObjects } from './redis.ts';

export type ExtraObjects = (model: Model, component: Component) => readonly KubeObject[];

export const extraObjects: Readonly<Record<string, ExtraObjects>> = {
  kafka: kafkaObjects,
  'night-sleep': nightShiftObjects,
  'night-wake': nightShiftObjects,
  postgresql: postgresqlObjects,
  redis: redisObjects,
};
