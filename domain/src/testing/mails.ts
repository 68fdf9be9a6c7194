import { z } from 'zod';
import { type Context, unseal } from '../kernel/index.ts';

const content = z.object({ to: z.string(), data: z.record(z.string(), z.unknown()) });

export interface QueuedMail {
  readonly template: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** The mails that wait to be sent to an address, the oldest first. Run the jobs before that queue them; without SMTP they wait. */
export async function mailsTo(ctx: Context, address: string): Promise<QueuedMail[]> {
  const rows = await ctx.db
    .selectFrom('mails')
    .select(['id', 'template', 'sealed'])
    .where('sealed', 'is not', null)
    .orderBy('created_at')
    .orderBy('id')
    .execute();
  return rows.flatMap(({ id, template, sealed }) => {
    const text = unseal(ctx.config.secrets, `mail:${id}`, sealed ?? '');
    const { to, data } = content.parse(JSON.parse(text ?? ''));
    return to === address ? [{ template, data }] : [];
  });
}

/** The token at the end of a link of the newest mail of a template. */
export async function tokenMailed(ctx: Context, address: string, template: string): Promise<string> {
  const mail = (await mailsTo(ctx, address)).findLast((queued) => queued.template === template);
  if (!mail) throw new Error(`no ${template} for ${address}`);
  const { url, undoUrl, resetUrl } = mail.data;
  const link = z.string().parse(url ?? undoUrl ?? resetUrl);
  return link.slice(link.lastIndexOf('/') + 1);
}
