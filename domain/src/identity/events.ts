import { z } from 'zod';
import { defineEvent } from '../kernel/index.ts';

/** Somebody has an account now, and its e-mail address is proven to be theirs. The aggregate is the user. */
export const userRegistered = defineEvent('user.registered', z.object({}));

/** Somebody's account is gone, and with it all that was personal. The aggregate is the user. */
export const userErased = defineEvent('user.erased', z.object({}));
