/** How fast one may try again. */
export interface ThrottleRule {
  /** So many failures are free; the last of them is followed by the first delay. */
  readonly free: number;
  /** The first delay, in seconds; each further failure doubles it. */
  readonly firstSeconds: number;
  /** It grows no longer than this, in seconds: nobody is locked out for good. */
  readonly maxSeconds: number;
  /** Every so many seconds one failure is forgotten. */
  readonly forgetSeconds: number;
}

/** Somebody who guesses at one account from one place, or by a browser that the account knows. */
export const fromOnePlace: ThrottleRule = {
  free: 5,
  firstSeconds: 1,
  maxSeconds: 15 * 60,
  forgetSeconds: 30 * 60,
};

/** Many places that guess at one account: the cap is low, as its owner waits as long by a new browser. */
export const atOneAccount: ThrottleRule = {
  free: 20,
  firstSeconds: 1,
  maxSeconds: 60,
  forgetSeconds: 10 * 60,
};

/** One place that tries many accounts: a household or an office makes mistakes as well, so it forgets fast. */
export const ofOneNetwork: ThrottleRule = {
  free: 30,
  firstSeconds: 1,
  maxSeconds: 15 * 60,
  forgetSeconds: 60,
};

/** Guesses at the second factor: who makes them has the password, so the cap is as high as the place's. */
export const atSecondFactor: ThrottleRule = {
  free: 10,
  firstSeconds: 1,
  maxSeconds: 15 * 60,
  forgetSeconds: 30 * 60,
};

/** Mails that anybody may ask for, to one address: three at once, then one in twenty minutes. */
export const mailsToAddress: ThrottleRule = {
  free: 3,
  firstSeconds: 1_200,
  maxSeconds: 1_200,
  forgetSeconds: 1_200,
};

/** The same by one place, to whatever address. */
export const mailsOfNetwork: ThrottleRule = {
  free: 20,
  firstSeconds: 60,
  maxSeconds: 15 * 60,
  forgetSeconds: 120,
};

/** Things that somebody waits for, under an address that a stranger may have typed: a dozen at once, then one in ten minutes. */
export const alertsOfAddress: ThrottleRule = {
  free: 12,
  firstSeconds: 600,
  maxSeconds: 600,
  forgetSeconds: 600,
};

/** Seconds that follow a failure before the next try, by how many there have been (from 1). */
export function delayAfter(rule: ThrottleRule, failures: number): number {
  if (failures < rule.free) return 0;
  return Math.min(rule.maxSeconds, rule.firstSeconds * 2 ** (failures - rule.free));
}

/** The delays after the first failure, the second, …, up to the longest. */
export function throttleDelays(rule: ThrottleRule): number[] {
  const last = rule.free + Math.ceil(Math.log2(rule.maxSeconds / rule.firstSeconds));
  return Array.from({ length: last }, (_, index) => delayAfter(rule, index + 1));
}
