/** The door of the images room: what we build and how, tags, digests. */

export { type Build, baseImages, buildCommand, builds } from './builds.ts';
export { type Bump, bumpImage } from './bump.ts';
export { type Lock, lockImages } from './lock.ts';
export { parseReference, type Reference, resolveDigest } from './registry.ts';
