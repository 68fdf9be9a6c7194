import { z } from 'zod';
import { type Context, defineJob, enqueue } from '../kernel/index.ts';

/** Some 16 hours with the queue's growing pauses. */
const MAX_ATTEMPTS = 12;

export const sendMailJob = defineJob({
  name: 'mail.send',
  payload: z.object({ mailId: z.uuid() }),
  async handle() {},
});

/** Queues the sending of a mail; a job that waits for the same mail is replaced. One statement. */
export async function enqueueSending(ctx: Context, mailId: string): Promise<void> {
  await enqueue(ctx, sendMailJob, { mailId }, { key: `mail.send:${mailId}`, maxAttempts: MAX_ATTEMPTS });
}
