import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const apiAddress = 'http://localhost:3000';

export default defineConfig({
  plugins: [react()],
  build: { outDir: 'dist', emptyOutDir: true, chunkSizeWarningLimit: 2_000 },
  server: { proxy: { '/api': apiAddress } },
});
