import type { ModuleJobs } from '../kernel/index.ts';
import { tellWindows, windowJob } from './price-windows.ts';

export const pricingJobs: ModuleJobs = {
  jobs: [windowJob],
  schedules: [{ name: 'pricing.windows', cron: '* * * * *', handle: tellWindows }],
};
