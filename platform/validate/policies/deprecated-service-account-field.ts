import { ofPods, type Policy } from '../policy.ts';

export const deprecatedServiceAccountField: Policy = {
  name: 'deprecated-service-account-field',
  check: ofPods((pod) => pod['serviceAccount'] !== undefined && 'uses the deprecated field serviceAccount'),
};
