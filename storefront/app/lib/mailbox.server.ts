import type { AppLoadContext } from '@remix-run/node';
import { z } from 'zod';
import { failWith } from './bff-errors.server.ts';

const mail = z.object({
  id: z.string(),
  from: z.string(),
  to: z.array(z.string()).transform((addresses) => addresses.join(', ')),
  subject: z.string(),
  date: z.coerce.date(),
  text: z.string(),
  html: z.string(),
});
const mails = z.object({ messages: z.array(mail.omit({ text: true, html: true })) });

async function ask<Schema extends z.ZodType>(context: AppLoadContext, path: string, schema: Schema) {
  if (context.mailboxUrl === null) failWith(context, 404);
  const answer = await fetch(`${context.mailboxUrl}${path}`, { signal: AbortSignal.timeout(5_000) }).catch(
    () => null,
  );
  if (answer === null) failWith(context, 503);
  if (answer.status === 404) failWith(context, 404);
  if (!answer.ok) failWith(context, 503);
  return schema.parse(await answer.json());
}

/** The mails that the catcher holds, the newest first. Only where there is a catcher: else 404. */
export async function caughtMails(context: AppLoadContext) {
  return (await ask(context, '/messages', mails)).messages;
}

/** One of them, whole. */
export function caughtMail(context: AppLoadContext, id: string) {
  return ask(context, `/messages/${encodeURIComponent(id)}`, mail);
}
