import { terminalProgress } from '../stack/progress.ts';
import { buildCheck, runChecks } from './checks.ts';

const { failed } = await runChecks([buildCheck], terminalProgress());
process.exitCode = failed === 0 ? 0 : 1;
