import { Random } from '../random.js';
import type { User } from './world.js';

/** Chance with a temper: of a tame request everything is meant to be accepted, of others nothing need be. */
export class Dice extends Random {
  constructor(
    state: number,
    readonly isTame: boolean,
    readonly user: User = 'nobody',
  ) {
    super(state);
  }

  /** Whether to do something odd; a tame request has nothing odd. */
  odd(probability: number): boolean {
    return this.chance(probability) && !this.isTame;
  }

  /** The same for a request of this user. */
  of(user: User): Dice {
    return new Dice(this.int(2 ** 31), this.isTame, user);
  }
}
