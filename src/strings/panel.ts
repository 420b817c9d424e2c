import { formatCount, formatExact } from './numbers.ts';

const plural = (count: number, one: string, many: string) => `${formatCount(count)} ${count === 1 ? one : many}`;

/** The model panel. Symbols are written as they are and never change case. */
export const panel = {
  title: 'Model',
  symbols: { k: 'k', alpha: 'α', beta: 'β' },

  factors: 'Factors k',
  factorsWord: 'Factors',
  factorsMeaning:
    'k is how many hidden numbers describe each user and each item: the length of a row of P and of Q. More factors fit more, and remember more of what should be ignored.',
  /** What k buys: 30 numbers for 16 ratings. */
  numbersForRatings: (numbers: number, ratings: number) =>
    `${plural(numbers, 'number', 'numbers')} for ${plural(ratings, 'rating', 'ratings')}`,
  restarts: 'a change starts over at epoch 0',

  learningRate: 'Learning rate α',
  learningRateWord: 'Learning rate',
  learningRateMeaning:
    'α is the size of a step against the gradient: usually small; too large and the numbers blow up. A library that writes p += γ(e·q − λ·p) has α = γ/2 here.',
  regularization: 'Regularization β',
  regularizationWord: 'Regularization',
  regularizationMeaning:
    'β pulls every learned number toward 0, so that the model cannot learn the ratings by heart. A library that writes p += γ(e·q − λ·p) has β = 2λ here.',
  nextEpoch: 'acts from the next epoch on',

  more: 'More settings',

  prediction: 'Prediction',
  predictionMeaning:
    'How a rating is predicted: from factors alone, with a bias for each user and each item (some rate high, some films are liked by all), or with the mean of the ratings μ as well.',
  predictions: {
    factors: 'P Qᵀ',
    'factors+biases': 'P Qᵀ + biases',
    'mean+factors+biases': 'μ + P Qᵀ + biases',
  },
  predictionNote: 'acts from the next epoch on, between epochs at once; biases start at 0',

  optimizer: 'Optimizer',
  optimizerMeaning:
    'SGD takes one step for each rating. Momentum lets those steps gather speed. Adam takes one for each batch and gives every number a step size of its own. ALS takes no steps: it solves all users, then all items, row by row. The objective of SGD, Momentum and ALS has the penalty β once for each rating, that of Adam once for each number learned (a textbook’s λ is N·β there, for N ratings): neither objectives nor a good β compare across.',
  optimizers: { sgd: 'SGD', momentum: 'Momentum', adam: 'Adam', als: 'ALS' },
  objectiveChanges: 'Switching to Adam or from it changes the objective, and what β means (see Optimizer).',
  batch: 'Batch size',
  batchMeaning: 'How many ratings Adam reads before it changes the numbers once.',

  momentum: 'Momentum γ',
  momentumMeaning:
    'How much of its velocity a number keeps from visit to visit. 0 is SGD; the nearer to 1, the farther a step is carried on.',
  momentumNote: (farther: number) =>
    `a lasting push is followed ${formatExact(Number(farther.toPrecision(3)))} times as far: α may have to be smaller by as much`,
  decay: 'Weight decay',
  decayMeaning:
    'Coupled: β·w is part of the gradient, and Adam rescales it with the rest. Decoupled: every number shrinks by the share α·β beside the step, however large its gradients are.',
  decays: { coupled: 'coupled', decoupled: 'decoupled' },
  alsNote:
    'Each row is solved exactly with everything else held, so the objective never rises. There is no learning rate, no schedule and no visiting order: all users, then all items.',
  alsHasNoAlpha: 'ALS has no learning rate: each row is solved exactly',
  nonNegative: 'Non-negative factors',
  nonNegativeNote:
    'what an update makes negative becomes 0; biases are free. Best with a start above 0: two zeros never leave 0. Acts from the next epoch on',

  schedule: 'Schedule',
  scheduleMeaning:
    'How the learning rate falls as epochs go by. A constant one keeps circling where it cannot settle; a falling one settles, and may do so too early.',
  schedules: { constant: 'constant', inverse: '1/t', step: 'step', cosine: 'cosine' },
  scheduleNotes: {
    constant: 'α is the same in every epoch',
    inverse: 'α/(1 + t/h): half of α after h epochs, a third after 2h. Acts from the next epoch on',
    step: 'α times a factor, again and again. Acts from the next epoch on',
    cosine: 'along half a cosine from α down to 0, where training stands still. Acts from the next epoch on',
  },
  halvesAfter: 'Epochs to half α',
  stepFactor: 'Step factor',
  stepEvery: 'Epochs a step',
  cosineEpochs: 'Epochs to 0',
  warmRestarts: 'Warm restarts',
  restartPeriod: 'Restart period',
  restartMultiplier: 'Period multiplier',
  alphaNow: (alpha: number) => `α of this epoch: ${formatExact(Number(alpha.toPrecision(3)))}`,

  findRate: 'Find a learning rate',
  finder: {
    title: 'Learning rates',
    curve: 'RMSE seen while the learning rate rises',
    legend:
      'RMSE seen while α rises from left to right; dotted: where it began; line: your α; dashed: the suggested one',
    running: 'Training a copy with rising learning rates …',
    nothing:
      'RMSE never fell, whatever α: there is no learning rate to suggest. A smaller start or another β may help.',
    nothingSeen: 'There is no rating to train on.',
    regimes: {
      crawling: (alpha: number) => `α ${formatExact(alpha)} is crawling: the loss hardly moves.`,
      converging: (alpha: number) => `α ${formatExact(alpha)} is converging.`,
      oscillating: (alpha: number) =>
        `α ${formatExact(alpha)} is oscillating: steps overshoot, the loss is past its lowest, and a longer run may blow up.`,
      diverged: (alpha: number) => `α ${formatExact(alpha)} diverges: the loss ends above where it began.`,
    },
    /** `epochs`: of the long runs that were tried; null where there was no time for them. */
    reason: (
      { suggested, lowest, breaksAt }: { suggested: number; lowest: number; breaksAt: number | null },
      epochs: number | null,
    ) => {
      const falls = `While α rises, a few epochs at each, the loss falls well around α ${formatExact(suggested)} and is lowest at ${formatExact(lowest)}`;
      if (epochs === null) {
        return breaksAt === null
          ? `${falls}; longer runs were not tried, and may diverge earlier.`
          : `${falls}; at ${formatExact(breaksAt)} it is above its start, and longer runs, which were not tried, may diverge earlier.`;
      }
      const runs = `of ${epochs === 1 ? '1 epoch' : `${formatCount(epochs)} epochs`} from the start`;
      return breaksAt === null
        ? `${falls}. A run ${runs} held at the greatest α of the test.`
        : `${falls}. Runs ${runs} diverge from ${formatExact(breaksAt)} on; at most a third of that is suggested.`;
    },
    use: (alpha: number) => `Use α ${formatExact(alpha)}`,
  },
  stopEarly: 'Stop early',
  patience: 'Patience',
  patienceMeaning: 'How many epochs in a row RMSE held out may fail to get lower before training stops.',
  stopEarlyNote: 'stops when RMSE held out gets no better, and goes back to its best epoch',
  nothingHeldOut: 'needs held-out ratings: hold some out below',

  update: 'Update',
  updateMeaning:
    'Sequential: factor by factor, and q sees the p just written, as in the notebook. Simultaneous: both read the old values, as in a textbook.',
  updates: { sequential: 'sequential', simultaneous: 'simultaneous' },

  order: 'Visiting order',
  orderMeaning:
    'In which order the ratings are visited within an epoch; a shuffle depends on the seed and the epoch alone.',
  orders: { 'row-major': 'row by row', shuffled: 'shuffled' },

  initialization: 'Initialization',
  initializationMeaning: 'How the numbers of P and Q are drawn before the first step; biases start at 0.',
  initializations: { uniform: 'uniform', normal: 'normal' },
  low: 'Low',
  high: 'High',
  mean: 'Mean',
  std: 'Standard deviation',

  seed: 'Seed',
  seedMeaning: 'Where the random numbers begin: the same seed gives the same bits on every machine.',

  holdOut: 'Hold out %',
  holdOutMeaning:
    'Hides this share of the ratings from the model and asks it for them: only hidden ratings tell whether it learned anything beyond them.',
  holdOutNote: (heldOut: number, all: number) =>
    `${formatCount(heldOut)} of ${plural(all, 'rating', 'ratings')} held out`,

  clip: 'Clip to scale',
  clipNote: 'shows predictions no farther than the scale goes; the numbers inside stay as they are',
  showTruth: 'Show truth',
  showTruthNote: 'this set was made from known factors: shows what they give, and the error in the gaps',

  /** The line that says what is set. */
  start: (kind: 'uniform' | 'normal', a: number, b: number) =>
    `start ${kind === 'uniform' ? 'U' : 'N'}(${formatExact(a)}, ${formatExact(b)})`,
  seedIs: (seed: number) => `seed ${seed}`,
  batchIs: (batch: number) => `batches of ${formatCount(batch)}`,
  heldOut: (count: number) => (count === 0 ? 'none held out' : `${formatCount(count)} held out`),
  clipped: 'shown clipped',

  gammaIs: (momentum: number) => `γ ${formatExact(momentum)}`,
  nonNegativeIs: 'non-negative',
  patienceIs: (epochs: number) => `stops early after ${plural(epochs, 'epoch', 'epochs')}`,

  rule: {
    title: 'Update rule',
    velocity: 'v is a number’s velocity: a share γ of it is kept, and the step is added',
    decoupled: 'first every number shrinks: w ← w − αβw',
    clipped: 'then p and q become max(0, ·)',
    alphaFalls: 'α is that of the epoch',
    forEachRow: 'for each user, then for each item (p and q, u and i change places)',
    alsSystem: 'solved for p_u, over the ratings of u; n_u is how many',
    alsBias: 'a bias is solved with its row, as one more number with the partner 1',
    alsClipped: 'with non-negative factors: number by number, each put at its best value or at 0',
    forEach: 'for each seen rating',
    forEachBatch: 'for each batch of B ratings; w stands for each number of P, Q and the biases',
    sequential: 'factor by factor; q sees the new p',
    simultaneous: 'both read the old values',
    objective: 'What it makes small',
    onceARating: 'the penalty counts once for each rating',
    onceANumber: 'N seen ratings; the penalty counts once for each number',
    adamMeaning: 'e at the partner: q for p, p for q, 1 for a bias',
  },

  about: {
    open: 'What is this?',
    title: 'What this page does',
    close: 'Close',
    factorizeTitle: 'One matrix as the product of two',
    factorize:
      'Matrix factorization is a kind of collaborative filtering: it learns from the ratings that people gave, and from nothing else. R holds explicit ratings, one row for each of m users and one column for each of n items. It is usually very sparse: there are many users and many items, and nobody rates everything. It is factorized into two smaller matrices of low rank:',
    sizes:
      'P is m × k and R̂ has the shape of R, m × n. Q is n × k. k is much smaller than m and n (k ≪ m, n): that is what captures the structure in R.',
    numbered: (number: string) => `(${number})`,
    factorsTitle: 'What the factors mean',
    factors:
      'The goal is to discover k latent features. P ties users to features, Q ties items to them. A row of Q says how much an item has of each characteristic, such as genre or language; a row of P says how much the user cares for it. Some factors look like that; others cannot be interpreted at all. Turning P and Q together changes every factor and no prediction.',
    embedding:
      'k is a hyperparameter: the length of the real vectors into which both users and items are embedded. Each row is an embedding, and the dot product of a user’s and an item’s is the predicted rating of that pair.',
    biasesTitle: 'Biases',
    biases:
      'P Qᵀ alone cannot say that some users rate higher than others, or that some items get low ratings from everybody because they are poor. Both are common, so each user and each item gets a bias of its own:',
    biasesMean: 'With μ, the mean of the ratings is added as well, and the biases only say what differs from it.',
    objectiveTitle: 'What is made small',
    objective:
      'The squared difference between given and predicted ratings, over the set K of pairs (u, i) whose rating is known, with a penalty on large numbers against over-fitting (λ is the regularization rate):',
    objectiveHere:
      'SGD here counts the penalty once for each rating, with β/2, and Adam once for each number. Adam’s objective is the one above divided by 2N, for N ratings and λ = N·β. The two are different objectives, so switching the optimizer changes what is made small.',
    learningTitle: 'How it is learned',
    learning:
      'The difference is made smaller again and again: gradient descent, which looks for a local minimum. For one rating the error is e = r − r̂. Its square is differentiated with respect to each of the two variables:',
    step: 'Against the gradient, with a penalty of β/2 on the squares, a step of size α is',
    alpha:
      'α is the step toward the minimum and usually small. The seed of this project is a notebook that runs 5,000 steps with K = 3, α = 0.0002 and β = 0.02 from uniform random P and Q, visits the ratings row by row, reads a 0 as “not rated” (R > 0 is a rating), and writes p before q reads it. Here a 0 is a rating, unless you say otherwise when pasting.',
    libraries: 'Many libraries write p += γ(e·q − λ·p). That is α = γ/2 and β = 2λ here, exactly.',
    adam: 'Besides SGD (stochastic gradient descent: one rating at a time), Adam learns from batches and keeps a running mean of each gradient and of its square.',
    useTitle: 'What it is good for',
    use: 'R̂ has no gaps: every cell is filled. That helps to recommend books, films and more, and to group similar users by ratings that they never gave. Whether a filled number is any good only held-out ratings can tell.',
  },
};
