import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

/** Where the venue of `vite` and `vite preview` listens. */
const venue = process.env['OPENVENUE_DEV_VENUE'] ?? 'http://127.0.0.1:8080';
/** The venue takes browsers of its own origin alone, so the proxy is one. */
const proxy = {
  '/v1': { target: venue, headers: { origin: venue } },
  '/ws': { target: venue, ws: true, headers: { origin: venue } },
};

/** What the venue sends with the page; a preview shows whether the terminal lives with it. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "connect-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
].join('; ');

export default defineConfig({
  plugins: [react({ compiler: true }), tailwindcss()],
  server: { proxy },
  preview: { proxy, headers: { 'Content-Security-Policy': contentSecurityPolicy } },
  build: {
    target: 'es2022',
    // Every asset is a file of its own name, because the page forbids what is inline.
    assetsInlineLimit: 0,
  },
});
