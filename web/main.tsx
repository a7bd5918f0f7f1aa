import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { invariant } from '../domain/invariant.ts';
import { App } from './app.tsx';
import './page.css';

const root = document.getElementById('root');
invariant(root !== null, 'index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <App />
  </StrictMode>,
);
