/** What a policy is, and the three shapes most of them have. */

import type { KubeObject } from '../render/tree.ts';
import { containersOf, type Json, podSpecOf } from './objects.ts';

/** Everything that one environment applies. */
export interface World {
  readonly environment: string;
  readonly stage: 'dev' | 'uat' | 'production';
  readonly objects: readonly KubeObject[];
}

type Check = (object: KubeObject, world: World) => readonly string[];

/** One rule. Its name is the one that the well-known linters use, so that a reader can look it up. */
export interface Policy {
  readonly name: string;
  /** Names of the same rule elsewhere. */
  readonly also?: readonly string[];
  /** What is wrong with an object, each the rest of a sentence that begins with the object's name. */
  readonly check: Check;
}

/** What a check returns for "fine": nothing, or the result of a condition that did not hold. */
export type Finding = string | false | undefined;

const listed = (finding: Finding): readonly string[] => (finding ? [finding] : []);

/** A rule about objects of some kinds. */
export const ofKinds =
  (kinds: readonly string[], check: (object: KubeObject, world: World) => Finding): Check =>
  (object, world) =>
    kinds.includes(object.kind) ? listed(check(object, world)) : [];

/** A rule about the pods that an object makes. */
export const ofPods =
  (check: (pod: Json, object: KubeObject, world: World) => Finding): Check =>
  (object, world) => {
    const pod = podSpecOf(object);
    return pod ? listed(check(pod, object, world)) : [];
  };

/** A rule about each container of those pods, init containers included. */
export const ofContainers =
  (check: (container: Json, object: KubeObject) => Finding): Check =>
  (object) =>
    containersOf(object).flatMap((container) => {
      const finding = check(container, object);
      return finding ? [`its container ${String(container['name'])} ${finding}`] : [];
    });

/** Kinds whose pods serve for as long as they run. */
export const servingKinds: readonly string[] = ['Deployment', 'StatefulSet', 'Rollout'];
