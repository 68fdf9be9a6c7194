import type { ModuleJobs } from '../kernel/index.ts';

export const catalogJobs: ModuleJobs = {};
