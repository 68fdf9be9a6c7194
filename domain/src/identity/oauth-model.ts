import { z } from 'zod';
import { oauthProviderIds } from '../kernel/index.ts';
import { loginOutcome } from './log-in.ts';

export const oauthProviderId = z.enum(oauthProviderIds);

/** A provider that is on, as its button shows it. */
export const oauthProviderView = z.object({ id: oauthProviderId, name: z.string() });
export type OAuthProviderView = z.infer<typeof oauthProviderView>;

/** `log-in`: whoever it is comes in. `connect`: somebody who is logged in adds the provider to their account. */
export const oauthIntent = z.enum(['log-in', 'connect']);

/** A dance that has begun. */
export const oauthStart = z.object({
  /** Where to send the browser. */
  url: z.url(),
  /** What the browser keeps in a HttpOnly cookie until it comes back: it binds the dance to it. */
  browserToken: z.string(),
});
export type OAuthStart = z.infer<typeof oauthStart>;

/** What a provider sends back with the browser. */
export const oauthAnswer = z.strictObject({
  provider: z.string().max(20),
  browserToken: z.string().max(100),
  state: z.string().max(200),
  code: z.string().max(4_000).nullable(),
  /** The provider's refusal, such as `access_denied`. */
  error: z.string().max(200).nullable(),
  /** Who answers, where the provider says so (RFC 9207). */
  issuer: z.string().max(500).nullable().default(null),
  deviceToken: z.string().max(500).nullable().default(null),
});
export type OAuthAnswer = z.infer<typeof oauthAnswer>;

/** What came of it. */
export const oauthOutcome = z.discriminatedUnion('outcome', [
  z.object({ outcome: z.literal('done'), login: loginOutcome, returnTo: z.string() }),
  z.object({
    /** The account is not connected before somebody who is logged in confirms it on a page of ours. */
    outcome: z.literal('to-confirm'),
    /** For a HttpOnly cookie. */
    linkToken: z.string(),
    isLoggedIn: z.boolean(),
  }),
  z.object({ outcome: z.literal('connected-already'), provider: oauthProviderView }),
]);
export type OAuthOutcome = z.infer<typeof oauthOutcome>;

/** What a state token stands for. */
export const dancePayload = z.object({
  provider: oauthProviderId,
  state: z.string(),
  verifier: z.string(),
  nonce: z.string(),
  returnTo: z.string(),
  /** The user who asked to connect; null for a log-in. */
  connectFor: z.uuid().nullable(),
});
export type DancePayload = z.infer<typeof dancePayload>;

/** What a link token stands for. */
export const linkPayload = z.object({
  provider: oauthProviderId,
  subject: z.string(),
  /** The verified address; null when the provider vouches for none. */
  email: z.string().nullable(),
  connectFor: z.uuid().nullable(),
});
export type LinkPayload = z.infer<typeof linkPayload>;

/** A connection that waits for a yes. */
export const pendingLink = z.object({
  provider: oauthProviderView,
  email: z.string().nullable(),
  /** Whether who is logged in may say yes. */
  isTheirs: z.boolean(),
});
export type PendingLink = z.infer<typeof pendingLink>;

/** A provider on the security page. */
export const connectedAccount = z.object({
  provider: oauthProviderView,
  /** Off: it logs nobody in at present, and cannot be connected. */
  isOn: z.boolean(),
  /** Null: not connected. */
  connection: z.object({ email: z.string(), connectedAt: z.date() }).nullable(),
  /** Whether there is another way to log in when it goes. */
  canDisconnect: z.boolean(),
});
export type ConnectedAccount = z.infer<typeof connectedAccount>;
