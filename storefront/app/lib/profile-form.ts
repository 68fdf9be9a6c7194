import { z } from 'zod';

/** The form of name and phone; whether a number can be dialled the bff tells. */
export const profileForm = z.object({
  name: z
    .string({ error: 'Enter your name' })
    .trim()
    .min(1, 'Enter your name')
    .max(120, 'A name has at most 120 characters'),
  phone: z.string().trim().max(40, 'A phone number has at most 40 characters').default(''),
});
export type ProfileForm = z.infer<typeof profileForm>;

/** The mails that can be asked for, with what they are. */
export const mailChoices = [
  { value: 'news', label: 'News', text: 'New things in the shop, and what is going on. Now and then.' },
  {
    value: 'recommendations',
    label: 'For you',
    text: 'What could please you, judging by what you looked at.',
  },
  {
    value: 'back-in-stock',
    label: 'Back in stock',
    text: 'When something on your wishlists can be had again.',
  },
] as const;

export const languages = [
  { value: 'en', label: 'English' },
  { value: 'de', label: 'Deutsch' },
] as const;

/** The form of preferences: a tick for each mail. No currency is the shop's own. */
const preferencesForm = z.object({
  locale: z.enum(['en', 'de']),
  currency: z.enum(['', 'USD', 'EUR', 'GBP']).transform((chosen) => (chosen === '' ? null : chosen)),
  mailOptIns: z.array(z.enum(['news', 'recommendations', 'back-in-stock'])),
});

/** Reads the form of preferences; null when it is none of ours. */
export function parsePreferences(form: FormData) {
  const parsed = preferencesForm.safeParse({
    locale: form.get('locale'),
    currency: form.get('currency'),
    mailOptIns: form.getAll('mailOptIns'),
  });
  return parsed.data ?? null;
}
