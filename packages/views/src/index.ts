export * from './account/index.ts';
export * from './memory/index.ts';
export * from './sql/index.ts';
