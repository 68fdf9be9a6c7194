export * from './audit.ts';
export { changeUser } from './change-user.ts';
export * from './events.ts';
export * from './jobs.ts';
export * from './list-users.ts';
export * from './log-in.ts';
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
export * from './roles.ts';
export { secondFactorsOf } from './second-factors.ts';
export type { SignedIn } from './session-cache.ts';
export { type StartedSession, signedInBy, startSession } from './sessions.ts';
export { findUserByEmail, insertUser, lockUser, readUser, type User } from './users.ts';
