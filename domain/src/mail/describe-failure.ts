import { z } from 'zod';
import { DomainError } from '../kernel/index.ts';

/** What nodemailer tells of a conversation with a mail server that failed. */
const smtpFailure = z.object({
  code: z.string(),
  command: z.string().optional(),
  responseCode: z.int().optional(),
  response: z.string().optional(),
});

export interface SendingFailure {
  /** Fit for logs and tables: nothing of what the server said, which likes to quote the recipient. */
  readonly reason: string;
  /** Trying again would be refused again. */
  readonly isPermanent: boolean;
}

/** Status codes of RFC 3463, such as 5.1.1: no such mailbox. */
const enhancedStatus = /\b[245]\.\d{1,3}\.\d{1,3}\b/;

/** Why a mail did not go out. */
export function describeFailure(error: unknown): SendingFailure {
  if (error instanceof DomainError) return { reason: error.message, isPermanent: false };
  const parsed = smtpFailure.safeParse(error);
  if (!parsed.success) {
    const name = error instanceof Error ? error.name : typeof error;
    return { reason: `it could not be written (${name})`, isPermanent: false };
  }
  const { code, command, responseCode, response } = parsed.data;
  const status = [responseCode, response && enhancedStatus.exec(response)?.[0]].filter(Boolean).join(' ');
  const reason = ['the mail server', command && `at ${command}`, `failed with ${status || code}`]
    .filter(Boolean)
    .join(' ');
  return { reason, isPermanent: isPermanent(code, command, responseCode) };
}

/**
 * Only what is said of this recipient or this content is final. A refusal of the log-in or of the sender is the shop's own
 * mistake, and mended without touching the mails.
 */
function isPermanent(code: string, command: string | undefined, responseCode: number | undefined): boolean {
  if (responseCode === undefined) return code === 'EENVELOPE'; // no address in the first place
  return responseCode >= 500 && (command === 'RCPT TO' || command === 'DATA');
}
