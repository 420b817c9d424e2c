import { pictures } from './picture.ts';

/** The first screen, 400 epochs later. */
pictures('play', async (app) => {
  await app.open();
  await app.runTo(400);
});
