import type { ModuleJobs } from '../kernel/index.ts';
import { sendMailJob } from './send-mail.ts';

export const mailJobs: ModuleJobs = {
  jobs: [sendMailJob],
};
