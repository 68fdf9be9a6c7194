import { z } from 'zod';
import { grantableRoles } from '../kernel/index.ts';

/** An e-mail address as accounts are found by it: trimmed, lower-cased. Addresses that differ only in case are one. */
export const emailAddress = z
  .string()
  .trim()
  .toLowerCase()
  .max(254, 'An e-mail address has at most 254 characters')
  .pipe(z.email('Enter an e-mail address, such as name@example.com'));

/** How somebody wants to be called. */
export const personName = z
  .string()
  .trim()
  .min(1, 'Enter your name')
  .max(120, 'A name has at most 120 characters')
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
  .regex(/^[^\u0000-\u001f\u007f]*$/, 'A name has no line breaks');

export const grantedRole = z.object({ role: z.enum(grantableRoles), sellerId: z.uuid().nullable() });

/** What the shop shows somebody of themselves on each page. */
export const me = z.object({
  userId: z.uuid(),
  email: z.string(),
  name: z.string(),
  locale: z.string(),
  roles: z.array(grantedRole),
});
export type Me = z.infer<typeof me>;

/** A session as its owner sees it in the list. */
export const sessionView = z.object({
  id: z.uuid(),
  isCurrent: z.boolean(),
  kind: z.enum(['web', 'mobile']),
  /** Such as "Firefox on Windows"; empty when the client does not say. */
  device: z.string(),
  /** The network that it came from, such as `203.0.113.0/24`. */
  network: z.string(),
  createdAt: z.date(),
  lastSeenAt: z.date(),
});
export type SessionView = z.infer<typeof sessionView>;

export const auditEntry = z.object({
  id: z.uuid(),
  occurredAt: z.date(),
  actorKind: z.string(),
  actorId: z.string(),
  action: z.string(),
  targetKind: z.string(),
  targetId: z.string(),
  before: z.unknown(),
  after: z.unknown(),
  network: z.string(),
  device: z.string(),
  requestId: z.string(),
});
export type AuditEntry = z.infer<typeof auditEntry>;

/** What may be asked for after a password. */
export const secondFactor = z.enum(['totp', 'passkey', 'recovery-code']);
export type SecondFactor = z.infer<typeof secondFactor>;
