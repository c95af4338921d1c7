import { isIPv6 } from 'node:net';

/** What listens on one of these is reached at 127.0.0.1, too. */
const ANYWHERE: readonly string[] = ['0.0.0.0', '::', 'localhost'];

/** Where what listens on `host` is reached from this machine. */
export const nearHost = (host: string): string => (ANYWHERE.includes(host) ? '127.0.0.1' : host);

/** The address of an HTTP server, such as `http://[::1]:8080`. */
export const urlOf = (host: string, port: number): string => `http://${isIPv6(host) ? `[${host}]` : host}:${port}`;
