import { cartJobs } from '../cart/index.ts';
import { catalogJobs } from '../catalog/index.ts';
import { checkoutJobs } from '../checkout/index.ts';
import { cartReminderJobs, erasureJobs } from '../customers/index.ts';
import { identityJobs } from '../identity/index.ts';
import { inventoryJobs } from '../inventory/index.ts';
import type { Job, ModuleJobs, Schedule, Subscription } from '../kernel/index.ts';
import { eventJobs } from '../kernel/index.ts';
import { mailJobs } from '../mail/index.ts';
import { notificationJobs } from '../notifications/index.ts';
import { orderJobs } from '../orders/index.ts';
import { paymentJobs } from '../payments/index.ts';
import { pricingJobs } from '../pricing/index.ts';
import { promotionJobs } from '../promotions/index.ts';
import { searchJobs } from '../search/index.ts';
import { taxJobs } from '../tax/index.ts';

/** What each module wants the worker to do; a new module is added here. */
const modules: readonly ModuleJobs[] = [
  eventJobs,
  catalogJobs,
  pricingJobs,
  promotionJobs,
  searchJobs,
  identityJobs,
  inventoryJobs,
  cartJobs,
  checkoutJobs,
  paymentJobs,
  orderJobs,
  taxJobs,
  mailJobs,
  erasureJobs,
  cartReminderJobs,
  notificationJobs,
];

export const subscriptions: readonly Subscription[] = modules.flatMap((module) => module.subscriptions ?? []);
export const jobs: readonly Job[] = modules.flatMap((module) => module.jobs ?? []);
export const schedules: readonly Schedule[] = modules.flatMap((module) => module.schedules ?? []);
