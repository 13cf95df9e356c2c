/** Which way imports may point. The tree in ARCHITECTURE.md says why. */
const domain = '^services/fineract/src/(?!kernel/|testing/|tools/)[^/]+/';

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'services-apart',
      comment: 'Services meet over HTTP, events and the database, never in code.',
      severity: 'error',
      from: { path: '^services/([^/]+)/' },
      to: { path: '^services/', pathNot: '^services/$1/' },
    },
    {
      name: 'packages-below-services',
      severity: 'error',
      from: { path: '^packages/' },
      to: { path: '^(services|platform|cli)/' },
    },
    {
      name: 'platform-apart-from-services',
      severity: 'error',
      from: { path: '^platform/' },
      to: { path: '^(services|cli)/' },
    },
    {
      name: 'platform-model-is-pure',
      comment: 'The model is data and types: it reads no file and knows no renderer.',
      severity: 'error',
      from: { path: '^platform/model/', pathNot: '\\.test\\.ts$' },
      to: { path: '^(platform/(?!model/)|node:|fs$|path$)' },
    },
    {
      name: 'cli-over-http',
      comment: 'The command line talks to services as every other client does.',
      severity: 'error',
      from: { path: '^cli/' },
      to: { path: '^services/' },
    },
    {
      name: 'kernel-knows-no-domain',
      severity: 'error',
      from: { path: '^services/fineract/src/kernel/', pathNot: '\\.test\\.ts$' },
      to: { path: `${domain}|^services/fineract/src/(bank|instance|main)\\.ts$` },
    },
    {
      name: 'kernel-by-its-door',
      comment: 'Domains use what the kernel offers in its index.',
      severity: 'error',
      from: { path: domain, pathNot: '\\.test\\.ts$' },
      to: { path: '^services/fineract/src/kernel/', pathNot: '^services/fineract/src/kernel/index\\.ts$' },
    },
    {
      name: 'domains-by-their-door',
      severity: 'error',
      from: { path: '^services/fineract/src/(?!kernel/|testing/|tools/)([^/]+)/', pathNot: '\\.test\\.ts$' },
      to: { path: domain, pathNot: '^services/fineract/src/($1/|[^/]+/index\\.ts$)' },
    },
    {
      name: 'rules-are-pure',
      comment: 'Rules decide; they read no database, no clock, no file.',
      severity: 'error',
      from: { path: '^services/fineract/src/[^/]+/rules(/|\\.ts$)', pathNot: '\\.test\\.ts$' },
      to: {
        pathNot:
          '^(packages/(money|dates)/|services/fineract/src/kernel/index\\.ts$|services/fineract/src/[^/]+/rules(/|\\.ts$))',
      },
    },
    {
      name: 'queries-and-commands-know-no-routes',
      severity: 'error',
      from: { path: '^services/fineract/src/[^/]+/(commands|queries|rules)' },
      to: { path: '^services/fineract/src/[^/]+/routes' },
    },
    {
      name: 'pg-in-one-place',
      comment:
        'The driver belongs to packages/db; local-postgres administers servers, tests look from outside.',
      severity: 'error',
      from: { pathNot: '^(packages/(db|local-postgres)/|tests/|bench/)|\\.test\\.ts$|/testing/' },
      to: { path: '^(node_modules/)?pg(/|$)' },
    },
    {
      name: 'no-test-helpers-in-production',
      severity: 'error',
      from: { pathNot: '\\.test\\.ts$|/testing/|^tests/|^bench/' },
      to: { path: '/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '\\.test\\.tsx?$|(^|/)(dist|node_modules/\\.cache)/' },
    parser: 'swc',
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
    },
  },
};
