import manifest from '../package.json' with { type: 'json' };

export const SERVICE = 'openvenue';
export const VERSION = manifest.version;
