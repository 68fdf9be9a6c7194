import { createHmac } from 'node:crypto';
import type { NewUser } from '@souk/domain/identity';

/** Somebody to try the shop as. */
export interface DemoLogin {
  readonly email: string;
  readonly name: string;
  readonly role: NewUser['role'];
  /** Whether they have the prices of trade customers. */
  readonly isTrade?: boolean;
  /** What they are, in words. */
  readonly title: string;
}

export const demoLogins: readonly DemoLogin[] = [
  { email: 'shopper@souk.example', name: 'Amira Haddad', role: null, title: 'customer' },
  { email: 'trade@souk.example', name: 'Pia Lund', role: null, title: 'trade customer', isTrade: true },
  { email: 'support@souk.example', name: 'Jonas Weber', role: 'support', title: 'support' },
  {
    email: 'catalogue@souk.example',
    name: 'Mei Tanaka',
    role: 'catalogue_manager',
    title: 'catalogue manager',
  },
  { email: 'admin@souk.example', name: 'Rosa Lindqvist', role: 'admin', title: 'admin' },
  { email: 'owner@souk.example', name: 'Karim Benali', role: 'super_admin', title: 'super admin' },
];

const SIGNS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** The password of all of them: made of the checkout's secret, so that it is the same at every start and known to nobody else. */
export function demoPassword(secret: string): string {
  const bytes = createHmac('sha256', secret).update('demo-password').digest().subarray(0, 12);
  const signs = [...bytes].map((byte) => SIGNS[byte % SIGNS.length] ?? '').join('');
  return signs.replace(/(.{4})(?=.)/g, '$1-');
}
