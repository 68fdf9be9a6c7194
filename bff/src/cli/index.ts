export { waitForSearch } from './catch-up.ts';
export { CliError, configFromEnvironment, withDomain } from './open-domain.ts';
export { createProgram } from './program.ts';
export { count, startProgress } from './progress.ts';
export { runProgram } from './run-program.ts';
