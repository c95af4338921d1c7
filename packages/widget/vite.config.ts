import { defineConfig } from 'vite';

/**
 * Two builds of one source. `vite build` makes the script for a tag (`dist/script/index.js`, one global);
 * `vite build --mode module` makes the module for npm (`dist/module/index.js`).
 */
export default defineConfig(({ mode }) => {
  const asModule = mode === 'module';
  return {
    build: {
      target: 'es2022',
      outDir: asModule ? 'dist/module' : 'dist/script',
      emptyOutDir: true,
      sourcemap: true,
      lib: {
        entry: asModule ? 'src/index.ts' : 'src/script.ts',
        name: 'TradingWidget',
        formats: [asModule ? 'es' : 'iife'],
        fileName: () => 'index.js',
      },
    },
  };
});
