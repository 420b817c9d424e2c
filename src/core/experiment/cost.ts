/** What a plan would take. */
export interface CostEstimate {
  readonly runs: number;
  readonly cells: number;
  readonly seeds: number;
  readonly folds: number;
  /** Epochs that all runs train, at most. */
  readonly epochs: number;
  /** Visits × (factors + 4), at most: what time is proportional to. */
  readonly work: number;
  /** A guess for so many workers, at most. */
  readonly seconds: number;
}
