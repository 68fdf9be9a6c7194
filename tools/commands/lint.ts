import { terminalProgress } from '../stack/progress.ts';
import { lintChecks, runChecks } from './checks.ts';

const { failed } = await runChecks(lintChecks, terminalProgress());
process.exitCode = failed === 0 ? 0 : 1;
