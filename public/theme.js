// Sets the theme before the first paint, so that a dark page never flashes white. A classic script in a file of its own:
// modules run after the first paint, and the page's policy allows no inline script. The app keeps the choice up to date.
(() => {
  let choice = null;
  try {
    choice = localStorage.getItem('factorscope-theme');
  } catch {
    // Storage may be forbidden; the system's choice will do.
  }
  const dark = choice === 'dark' || (choice !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches);
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
