import type { ModuleJobs } from '../kernel/index.ts';
import { makeRenditionsJob } from './media/make-renditions.ts';

export const catalogJobs: ModuleJobs = { jobs: [makeRenditionsJob] };
