import { defineConfig } from 'vite'

// Where the app runs that `npm run dev` asks.
declare const process: { env: { EXPANSION_APP?: string } }

// Everything is served below the functions' prefix; names hold a hash, so files may be kept for ever.
export default defineConfig({
  base: '/api/dashboard/',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { assetsInlineLimit: 0, modulePreload: false, sourcemap: false, chunkSizeWarningLimit: 400, rolldownOptions: { input: ['index.html', 'widget.html'] } },
  server: { proxy: { '^/api/(?!dashboard)': process.env.EXPANSION_APP ?? 'http://127.0.0.1:7071' } },
})
