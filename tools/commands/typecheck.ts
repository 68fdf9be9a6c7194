import { terminalProgress } from '../stack/progress.ts';
import { runChecks, typeChecks } from './checks.ts';

const { failed } = await runChecks(typeChecks, terminalProgress(), 2);
process.exitCode = failed === 0 ? 0 : 1;
