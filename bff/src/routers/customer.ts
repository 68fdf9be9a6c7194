import {
  getPreferences,
  getProfile,
  preferences,
  profileInput,
  profileView,
  updatePreferences,
  updateProfile,
} from '@souk/domain/customers';
import { procedure, router } from '../trpc.ts';

export const customerRouter = router({
  profile: procedure('account:own', 3)
    .output(profileView)
    .query(({ ctx }) => getProfile(ctx.domain)),

  updateProfile: procedure('account:own', 9)
    .input(profileInput)
    .output(profileView)
    .mutation(({ ctx, input }) => updateProfile(ctx.domain, input)),

  preferences: procedure('account:own', 2)
    .output(preferences)
    .query(({ ctx }) => getPreferences(ctx.domain)),

  updatePreferences: procedure('account:own', 7)
    .input(preferences)
    .output(preferences)
    .mutation(({ ctx, input }) => updatePreferences(ctx.domain, input)),
});
