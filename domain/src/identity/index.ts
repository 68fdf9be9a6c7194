export { signedInByAccessToken } from './access-tokens.ts';
export { actorOfApiKey } from './api-key-actor.ts';
export * from './api-keys.ts';
export * from './audit.ts';
export { changeEmail } from './change-email.ts';
export * from './change-password.ts';
export { changeUser } from './change-user.ts';
export * from './complete-second-factor.ts';
export {
  confirmEmailChange,
  type EmailChangeProgress,
  emailChangeProgress,
  peekEmailChange,
} from './confirm-email-change.ts';
export * from './confirm-registration.ts';
export { createUser, hasSuperAdmin, type NewUser, newUser } from './create-user.ts';
export { type ErasedUser, eraseUser } from './erase-user.ts';
export * from './events.ts';
export { exportedIdentity, exportIdentity } from './export-identity.ts';
export * from './jobs.ts';
export * from './list-users.ts';
export * from './log-in.ts';
export * from './log-in-by-passkey.ts';
export * from './log-in-by-password.ts';
export * from './log-out.ts';
export { countAlertAsked } from './login-throttles.ts';
export {
  endOtherSessions,
  endSession,
  endSessions,
  listSessions,
  refreshSessions,
  revokeSession,
  rotateSession,
} from './manage-sessions.ts';
export * from './model.ts';
export { disconnectOAuth, listConnectedAccounts } from './oauth-accounts.ts';
export { completeOAuth } from './oauth-callback.ts';
export { confirmOAuthLink, pendingOAuthLink } from './oauth-link.ts';
export * from './oauth-model.ts';
export { oauthProviders, startOAuth } from './oauth-start.ts';
export {
  listPasskeys,
  type PasskeyView,
  passkeyName,
  passkeyView,
  removePasskey,
  renamePasskey,
} from './passkeys.ts';
export { MAX_PASSWORD, MIN_PASSWORD, type PasswordFlaw, typedPassword } from './password-rules.ts';
export * from './read-factors.ts';
export { renewRecoveryCodes } from './recovery-codes.ts';
export {
  logOutByRefreshToken,
  refreshTokens,
  type TokenPair,
  tokenPair,
  tokensOfLogin,
} from './refresh-tokens.ts';
export { register, registration } from './register.ts';
export * from './register-passkey.ts';
export { resealSecrets } from './reseal-secrets.ts';
export { forgotPassword, peekReset, resetPassword } from './reset-password.ts';
export * from './roles.ts';
export { secondFactorsOf } from './second-factors.ts';
export { secondStepMethods } from './second-step.ts';
export type { SignedIn } from './session-cache.ts';
export { type StartedSession, signedInBy, startSession } from './sessions.ts';
export * from './set-up-totp.ts';
export { beginTry, type Counter, networkCounters, type Try } from './throttle.ts';
export type { ThrottleRule } from './throttle-rules.ts';
export { peekUndo, type Undoable, undoChange } from './undo-changes.ts';
export {
  emailsOfUsers,
  findUserByEmail,
  insertUser,
  lockUser,
  readUser,
  type User,
  userIdsByEmail,
} from './users.ts';
export {
  authenticationResponse,
  passkeyCreation,
  passkeyRequest,
  registrationResponse,
} from './web-authn.ts';
