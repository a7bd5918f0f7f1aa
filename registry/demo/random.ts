/** A seeded generator, so that a demo county is the same on every machine and in every run. */
export interface Dice {
  /** A whole number from `min` to `max`, both included. */
  readonly between: (min: number, max: number) => number;
  /** True in `percent` of 100 throws. */
  readonly chance: (percent: number) => boolean;
  /** One of `choices`, which is not empty. */
  readonly pick: <T>(choices: readonly [T, ...T[]]) => T;
  /** One of the weighted choices. */
  readonly weighted: <T>(
    choices: readonly [readonly [T, number], ...(readonly [T, number])[]],
  ) => T;
}

/** Same seed, same throws (mulberry32). */
export function createDice(seed: number): Dice {
  let state = seed >>> 0;
  const unit = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (min: number, max: number): number => min + Math.floor(unit() * (max - min + 1));
  return {
    between,
    chance: (percent) => unit() * 100 < percent,
    pick: (choices) => choices[between(0, choices.length - 1)] ?? choices[0],
    weighted: (choices) => {
      const total = choices.reduce((sum, [, weight]) => sum + weight, 0);
      let left = unit() * total;
      for (const [value, weight] of choices) {
        left -= weight;
        if (left < 0) return value;
      }
      return choices[0][0];
    },
  };
}

/**
 * Draws from a shuffled deck that is refilled when it is empty: unlike throws, every card comes once
 * in each round, so that a small county too has each kind of household.
 */
export function createDeck<T>(dice: Dice, cards: readonly T[]): () => T {
  let deck: T[] = [];
  return () => {
    if (deck.length === 0) {
      deck = [...cards];
      for (let last = deck.length - 1; last > 0; last--) {
        const other = dice.between(0, last);
        const [a, b] = [deck[last], deck[other]] as [T, T];
        deck[last] = b;
        deck[other] = a;
      }
    }
    return deck.pop() as T;
  };
}
