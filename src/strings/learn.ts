import { formatCount } from './numbers.ts';

/** What stands around lessons; the lessons bring their own words. */
export const learn = {
  title: 'Learn',
  intro:
    'Short lessons in the order of a lecture. Each step sets the stage, points at one thing, asks for one thing, and notices by itself when it is done.',
  keys: 'Page Down goes on (it first shows what was not done yet), Page Up goes back, as on a clicker.',
  lessons: 'Lessons',
  course: 'The course',
  ownLessons: 'Opened from a file',
  saveOwn: 'Save the lesson file',
  notOpened: 'No lesson has been opened in this browser. Open… takes a lesson file.',
  progress: (done: number, of: number) =>
    done === of ? `done, ${formatCount(of)} ${of === 1 ? 'step' : 'steps'}` : `${done} of ${of} steps done`,
  begin: 'Begin',
  goOn: 'Go on',
  stuck: (problem: string) => `This step cannot be set: ${problem}`,
  metAtStart: (step: number) =>
    `This task is done before anybody does anything: steps[${step - 1}].expect holds as soon as the stage is set. Who wrote the lesson can mend that in its file.`,

  textRegion: 'Lesson',
  stageRegion: 'Stage',
  panelRegion: 'What the step speaks of',
  place: (number: number, lessons: number, step: number, steps: number) =>
    number > 0 ? `Lesson ${number} of ${lessons} · Step ${step} of ${steps}` : `Your lesson · Step ${step} of ${steps}`,
  allLessons: 'All lessons',
  predictFirst: 'Predict first',
  tryIt: 'Try it.',
  done: 'Done.',
  youSaid: (text: string) => `You said “${text}”.`,
  right: 'Right.',
  itIs: (text: string) => `It is “${text}”.`,
  answerIs: (text: string) => `The answer is “${text}”.`,
  showMe: 'Show me',
  showing: 'Showing …',
  again: 'Begin this step again',
  where: 'Look at:',
  /** In its place until there is something to look at: a long run or a sweep takes its time. */
  setting: 'The stage is being set …',
  /** Behind a setting: it stands below the text, where it may not be seen. */
  inSettings: ', in Model settings below',
  goThere: 'Go there',
  here: 'here',
  check: 'Check',
  set: 'Set',
  between: (low: string, high: string) => `from ${low} to ${high}`,
  cell: (user: string, item: string) => `${user}, ${item}`,
  notYet: (value: string) => `${value} is not it yet.`,
  model: 'Model settings',
  loss: 'Loss chart',
  why: 'Done: why',
  /** What the reader did that the task forbids, and the way back. */
  broken: {
    trained:
      'Training went on since the step began, and this task is about the numbers before it. Begin this step again.',
    numbers:
      'A learned number was typed over, and this task begins with the numbers that stood there. Undo that, or begin this step again.',
    stroke:
      'Ratings went by without a step of their own, and this task goes through them one by one. Begin this step again.',
    ratings: 'A rating is not what it was, and this task keeps them all. Undo that, or begin this step again.',
    settings: 'A setting is not what this task needs. Undo that, or begin this step again.',
  },
  brokenShort: 'In the way',
  resetStage: (epochs: number) =>
    `Epoch 0: the ${formatCount(epochs)} ${epochs === 1 ? 'epoch' : 'epochs'} that this step begins with are gone.`,
  back: 'Back',
  next: 'Next',
  nextLesson: 'Next lesson',
  steps: 'Steps of this lesson',
  stepName: (step: number, of: number, done: boolean) => `Step ${step} of ${of}${done ? ', done' : ''}`,
  kept: 'Your own ratings and settings are kept: leaving the lesson brings them back.',
  announceStep: (step: number, of: number, ask: string) => `Step ${step} of ${of}. ${ask}`,
  announceDone: (why: string) => `Done. ${why}`,
  unknownLesson: 'The list of lessons is shown instead.',
  nothing: '—',
  soon: '…',
  truth: { true: 'yes', false: 'no' },

  matrices: { R: 'ratings R', P: 'user factors P', Q: 'item factors Qᵀ', Rhat: 'predictions R̂' },
  ofCell: (matrix: string, user: string | null, item: string | null, factor: number | null) => {
    const parts = [user, item, factor === null ? null : `factor ${factor}`].filter((part) => part !== null);
    return parts.length === 0 ? matrix : `${parts.join(', ')} in ${matrix}`;
  },
  controls: {
    train: 'Train',
    'step-rating': 'Step one rating',
    'step-epoch': 'Step one epoch',
    reset: 'Reset',
    'run-to': 'Run to epoch',
    speed: 'Speed',
    playhead: 'the playhead of the loss chart',
    loss: 'the loss chart',
    k: 'Factors k',
    alpha: 'Learning rate α',
    beta: 'Regularization β',
    prediction: 'Prediction',
    optimizer: 'Optimizer',
    update: 'Update',
    order: 'Visiting order',
    init: 'Initialization',
    seed: 'Seed',
    'hold-out': 'Hold out',
    'leave-one-out': 'the leave-one-out figure',
    answer: 'the field above',
  },
  panels: {
    inspect: 'Inspect',
    map: 'Map',
    similar: 'Similar',
    recommend: 'Recommend',
    rotation: 'Rotation',
    ensemble: 'How sure',
    'fold-in': 'New user',
    because: 'Because of which ratings',
    layers: 'Layers',
    strip: 'the strip of learning rates',
    sweep: 'the sweep over k',
    truth: 'Truth',
  },
  symbols: { p: 'p', q: 'q', r: 'r', rhat: 'r̂', e: 'e', bu: 'b', bi: 'b', mu: 'μ', alpha: 'α', beta: 'β' },
};
