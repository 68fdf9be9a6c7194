import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import type { AppRouter } from './router.ts';

export type { EdgeErrorCode } from './errors.ts';
export type { AppRouter };

/** What each procedure takes, such as `RouterInputs['cart']['addLine']`. */
export type RouterInputs = inferRouterInputs<AppRouter>;
/** What each procedure answers, such as `RouterOutputs['catalog']['product']`. */
export type RouterOutputs = inferRouterOutputs<AppRouter>;
