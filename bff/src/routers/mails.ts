import { listMailTemplates, mailTemplate, previewMail } from '@souk/domain/mail';
import { z } from 'zod';
import { procedure, router } from '../trpc.ts';

/** Looks of the mails for developers; `not_found` where mail is really sent. */
export const mailsRouter = router({
  templates: procedure('catalog:read', 0)
    .output(z.object({ templates: z.array(mailTemplate), locales: z.array(z.string()) }))
    .query(({ ctx }) => listMailTemplates(ctx.domain)),
  preview: procedure('catalog:read', 0)
    .input(z.object({ template: mailTemplate, locale: z.string().min(1).max(35) }))
    .output(z.object({ subject: z.string(), html: z.string(), text: z.string() }))
    .query(({ ctx, input }) => previewMail(ctx.domain, input)),
});
