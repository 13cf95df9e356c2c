/** The door of sizing. */

export { type Assumptions, assumptions } from './assumptions.ts';
export { type Load, type Recommendation, recommend } from './recommend.ts';
