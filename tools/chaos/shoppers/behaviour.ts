import type { Way } from './ways.ts';

/** What a way to buy means at each step. */
export interface Behaviour {
  readonly method: 'card' | 'hosted' | 'bank_transfer' | 'pay_link';
  /** One for each try; the last is kept to. */
  readonly cards: readonly ('success' | 'declined' | 'threeDSecure')[];
  readonly failsThreeDSecure: boolean;
  readonly code: 'coupon' | 'gift-card' | 'shared-gift-card' | null;
  /** How often the order is posted at once. */
  readonly posts: number;
  readonly leaves: 'at-posting' | 'at-provider' | 'after-paying' | 'when-declined' | null;
  readonly cancels: boolean;
}

const plain: Behaviour = {
  method: 'card',
  cards: ['success'],
  failsThreeDSecure: false,
  code: null,
  posts: 1,
  leaves: null,
  cancels: false,
};

const special: Partial<Record<Way, Partial<Behaviour>>> = {
  'card-impatient': { posts: 4 },
  'card-leaves': { leaves: 'at-posting' },
  'card-cancels': { cancels: true },
  'declined-then-card': { cards: ['declined', 'success'] },
  'declined-and-leaves': { cards: ['declined'], leaves: 'when-declined' },
  'three-d-secure': { cards: ['threeDSecure'] },
  'three-d-secure-fails-then-card': { cards: ['threeDSecure', 'success'], failsThreeDSecure: true },
  'three-d-secure-leaves': { cards: ['threeDSecure'], leaves: 'at-provider' },
  hosted: { method: 'hosted' },
  'hosted-pays-and-leaves': { method: 'hosted', leaves: 'after-paying' },
  'hosted-leaves': { method: 'hosted', leaves: 'at-provider' },
  coupon: { code: 'coupon' },
  'gift-card': { code: 'gift-card' },
  'gift-card-and-card': { code: 'shared-gift-card' },
  'bank-transfer': { method: 'bank_transfer' },
  'pay-link': { method: 'pay_link' },
};

export function behaviourOf(way: Way): Behaviour {
  return { ...plain, ...special[way] };
}
