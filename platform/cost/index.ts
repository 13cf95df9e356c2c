/** The door of the cost estimate. */

export {
  type CostItem,
  type Estimate,
  type EstimateOptions,
  estimate,
  estimateProfile,
  type Hosting,
} from './estimate.ts';
export { awsK3sRange, profileRanges, providerRanges, type Range } from './ranges.ts';
