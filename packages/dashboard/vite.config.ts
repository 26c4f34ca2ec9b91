import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { compressed } from './build/compressed.ts'

/** Where the API is while pages are developed with `npm run dev -w @helios/dashboard`. */
const API = 'http://127.0.0.1:4300'

export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    target: 'es2022',
    // Lazy pages and charts load their own parts; names only need their hash.
    chunkSizeWarningLimit: 800,
    sourcemap: false,
  },
  server: { proxy: { '/v1': API, '/openapi.json': API, '/docs': API } },
})
