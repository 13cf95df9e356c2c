import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [react()],
  // The gateway puts the nonce of each answer here; its policy allows no other style or script.
  html: { cspNonce: '__CSP_NONCE__' },
  build: { target: 'es2023', chunkSizeWarningLimit: 1_200 },
});
