export const common = {
  appName: 'Factorscope',
  views: 'Views',
  play: 'Play',
  dismiss: 'Dismiss',
  dash: '—',
};
