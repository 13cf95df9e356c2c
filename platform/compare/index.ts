/** The door of comparisons: between environments, with a baseline, with a live cluster. */

export { diffEnvironments, planEnvironment, sideOf } from './environments.ts';
export { diffLive, type LiveDiff, type LiveOptions } from './live.ts';
export {
  type Comparison,
  compareObjects,
  type FieldChange,
  fieldChanges,
  type ObjectChange,
} from './objects.ts';
export { readTree, readTreeAt } from './read-tree.ts';
