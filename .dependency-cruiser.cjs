/** The layers: cli, demo, overview → domain folders → audit, findings → storage → shared. */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      comment: 'Modules that need each other belong together.',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only', 'dynamic-import'] } },
    },
    {
      name: 'domain-knows-no-command-line',
      severity: 'error',
      from: { pathNot: '^src/(cli|demo)/' },
      to: { path: '^src/(cli|demo)/' },
    },
    {
      name: 'shared-stands-alone',
      severity: 'error',
      from: { path: '^src/shared/' },
      to: { path: '^src/', pathNot: '^src/shared/' },
    },
    {
      name: 'findings-know-only-shared',
      severity: 'error',
      from: { path: '^src/findings/' },
      to: { path: '^src/', pathNot: '^src/(findings|shared)/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'storage-knows-only-shared',
      severity: 'error',
      from: { path: '^src/storage/' },
      to: { path: '^src/', pathNot: '^src/(storage|shared)/' },
    },
    {
      name: 'readers-know-no-database',
      comment: 'Inspection, delivery and validation work without a workspace: the vendor runs them.',
      severity: 'error',
      from: { path: '^src/(inspection|delivery|validation)/' },
      to: { path: '^src/(storage|audit)/' },
    },
    {
      name: 'sql-only-in-storage',
      comment: 'The database engine is known to src/storage alone.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/storage/' },
      to: { path: 'node_modules/better-sqlite3' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: { extensions: ['.ts', '.js', '.mjs'] },
  },
};
