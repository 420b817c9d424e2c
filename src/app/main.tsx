import '@fontsource-variable/inter/wght.css';
import '@fontsource/stix-two-text/latin-400.css';
import '@fontsource/stix-two-text/latin-400-italic.css';
import '@fontsource/stix-two-text/latin-700-italic.css';
import '@fontsource/stix-two-text/greek-400-italic.css';
import '../theme/tokens.css';
import '../theme/base.css';
import { createRoot } from 'react-dom/client';
import { App } from './App.tsx';
import { boot } from './boot.ts';
import { prefetch } from './prefetch.ts';

const root = document.getElementById('root');
if (!root) throw new Error('index.html has no element "root"');
const page = createRoot(root);
boot().then((booted) => {
  page.render(<App booted={booted} />);
  void prefetch();
});
