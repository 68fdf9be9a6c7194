// The import rules of docs/architecture.md: they keep each part replaceable by itself. Run by `npm run lint`.

/** A module of the domain is a folder of domain/src; its face is its index.ts. */
const face = 'domain/src/[^/]+/index[.]ts$';
const test = '[.]test[.]tsx?$';
const testSupport = `${test}|^telemetry/src/testing/|^domain/src/testing/|^bff/src/testing/`;

module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment:
        'What imports itself in a circle cannot be understood, tested or replaced one piece at a time.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'no-cycles-between-modules',
      comment: 'Two files of one module may name types of each other; two modules may not even do that.',
      severity: 'error',
      from: { path: '^domain/src/([^/]+)/' },
      to: { circular: true, via: { pathNot: '^domain/src/$1/' } },
    },
    {
      name: 'storefront-imports-bff-types-only',
      comment:
        'The storefront talks to the BFF over the network: of its code it may only know the types, by @souk/bff/types.',
      severity: 'error',
      from: { path: '^storefront/' },
      to: { path: '^bff/', pathNot: '^bff/src/types[.]ts$' },
    },
    {
      name: 'storefront-imports-types-as-types',
      comment: 'Write `import type`: anything else would put the server into the pages.',
      severity: 'error',
      from: { path: '^storefront/' },
      to: { path: '^bff/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'storefront-knows-no-domain',
      comment: 'Whatever a page needs of the domain comes through the BFF.',
      severity: 'error',
      from: { path: '^storefront/' },
      to: { path: '^domain/' },
    },
    {
      name: 'domain-by-its-faces',
      comment: 'From outside, a module of the domain is its index.ts.',
      severity: 'error',
      from: { pathNot: '^domain/' },
      to: { path: '^domain/', pathNot: `^${face}` },
    },
    {
      name: 'modules-by-their-faces',
      comment:
        'One module of the domain uses another through its index.ts only; the tables behind it are its own.',
      severity: 'error',
      from: { path: '^domain/src/([^/]+)/' },
      to: { path: '^domain/src/', pathNot: `^domain/src/$1/|^${face}` },
    },
    {
      name: 'domain-knows-nobody',
      comment: 'The domain is the innermost part: of our packages it knows only how to tell of its work.',
      severity: 'error',
      from: { path: '^domain/' },
      to: { path: '^(bff|storefront|tools)/' },
    },
    {
      name: 'telemetry-knows-nobody',
      comment: 'Traces, logs and error reports are told of by all parts: they know none of them.',
      severity: 'error',
      from: { path: '^telemetry/' },
      to: { path: '^(domain|bff|storefront|tools)/' },
    },
    {
      name: 'collectors-in-two-files',
      comment:
        'What sends traces and reports is loaded only where it is on: all else speaks of spans by spans.ts.',
      severity: 'error',
      from: { pathNot: '^telemetry/src/(opentelemetry|sentry)[.]ts$' },
      to: { path: '(^|node_modules/)@(opentelemetry|sentry)/' },
    },
    {
      name: 'bff-knows-no-tools',
      comment: 'Tools are for developers and never run in production.',
      severity: 'error',
      from: { path: '^(bff|storefront)/' },
      to: { path: '^tools/' },
    },
    {
      name: 'nothing-imports-storefront',
      comment: 'The storefront is the outermost part; only tests may look into it.',
      severity: 'error',
      from: { pathNot: `^storefront/|${test}` },
      to: { path: '^storefront/' },
    },
    {
      name: 'lucia-in-one-file',
      comment:
        'Lucia is no longer developed: it stays behind one file, so that replacing it touches one file.',
      severity: 'error',
      from: { pathNot: '^domain/src/identity/sessions[.]ts$' },
      to: { path: '(^|node_modules/)(@lucia-auth/|lucia(/|$))' },
    },
    {
      name: 'no-test-code-in-production',
      comment: 'What runs in production imports neither tests nor what only helps them.',
      severity: 'error',
      from: { path: '^(telemetry|domain|bff|storefront)/', pathNot: testSupport },
      to: { path: testSupport },
    },
    {
      name: 'resolvable',
      comment: 'An import that leads nowhere is a mistake in its path or a package that is not declared.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^virtual:' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(node_modules/[.]cache|build|[.]souk|[.]cache)/' },
    tsPreCompilationDeps: true, // type-only imports count: the rules are about knowledge, not about bundles
    tsConfig: { fileName: 'storefront/tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['types', 'import', 'node', 'default'],
      extensions: ['.ts', '.tsx', '.mts', '.mjs', '.js', '.d.mts', '.json'],
    },
  },
};
