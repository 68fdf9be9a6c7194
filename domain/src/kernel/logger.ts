import { logOptions } from '@souk/telemetry';
import { type DestinationStream, type Logger, pino } from 'pino';

/** Paths that must never be read in a log: who somebody is, and what opens a door. */
const redacted = [
  'email',
  '*.email',
  'phone',
  '*.phone',
  'address',
  '*.address',
  'shippingAddress',
  '*.shippingAddress',
  'billingAddress',
  '*.billingAddress',
  'token',
  '*.token',
  'password',
  '*.password',
  'authorization',
  '*.authorization',
  'cookie',
  '*.cookie',
  '*.headers.authorization',
  '*.headers.cookie',
  '*.headers["x-souk-cart"]',
  '*.headers["x-souk-session"]',
  '*.headers["x-souk-device"]',
  'sessionToken',
  '*.sessionToken',
  'deviceToken',
  '*.deviceToken',
  'secret',
  '*.secret',
  'clientSecret',
  '*.clientSecret',
];

/** JSON logs on standard output, without anything personal. Each line names the request and the trace that it belongs to. */
export function createLogger(options: {
  name: string;
  level: string;
  destination?: DestinationStream;
}): Logger {
  const settings = {
    ...logOptions(),
    name: options.name,
    level: options.level,
    redact: { paths: redacted, censor: '[redacted]' },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
  };
  return options.destination ? pino(settings, options.destination) : pino(settings);
}
