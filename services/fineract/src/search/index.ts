import { type Domain, query } from '../kernel/index.ts';
import { search } from './queries.ts';

const searchEverything = query({
  path: '/search',
  summary: 'Find clients and savings accounts that the user may read',
  grouping: 'portfolio',
  permission: null,
  parameters: ['query', 'resource', 'exactMatch'],
  run: search,
});

export const searches: Domain = { name: 'search', queries: [searchEverything] };
