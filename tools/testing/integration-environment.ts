import { inject } from 'vitest';

// Here and not in the global set-up, which shares its environment with projects that bring services of their own.
Object.assign(process.env, inject('services'));
