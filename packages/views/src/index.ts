export * from './memory/index.ts';
export * from './sql/index.ts';
