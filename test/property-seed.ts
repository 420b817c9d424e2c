import fc from 'fast-check';

/**
 * Properties draw the same cases in every run, so that a red run tells of the change that was made and not of the draw.
 * `PROPERTY_SEED=$RANDOM npm run test:node` draws others; what fails prints the seed that shows it again.
 */
fc.configureGlobal({ seed: Number(process.env.PROPERTY_SEED ?? 20_261_101) });
