import type { Random } from '../../fuzz/random.js';

/** A field as whoever changes it knows it. Its number is in all of its values, and its names are never another field's. */
export interface LoadField {
  readonly number: number;
  readonly id: string;
  readonly name: string;
  readonly type: string;
  readonly isRequired: boolean;
  readonly isUnique: boolean;
}

/** Each field has the parents of one of so many families. */
const FAMILIES = 50;
const FAMILY = 20;
export const PARENTS = FAMILIES * FAMILY;
/** Whole numbers of 32 bits have room for a hundred fields with so many values each. */
const RANGE = 20_000_000;

const NUMBERS: readonly string[] = ['integer', 'big_integer'];

/** A value that says which field it is of, as a body has it. */
export const valueOf = ({ number, type }: LoadField, count: number): string | number => {
  if (type === 'foreign_key') return 1 + (number % FAMILIES) * FAMILY + (count % FAMILY);
  if (!NUMBERS.includes(type)) return `f${number}:${count}`;
  const value = number * RANGE + count;
  return type === 'integer' ? value : String(value);
};

/** Whether a value, as an answer has it, is one of this field's, whatever types it has had. */
export const isOf = ({ number, type }: LoadField, value: unknown): boolean => {
  if (value === null) return true;
  const text = String(value);
  if (type === 'foreign_key') return Math.floor((Number(text) - 1) / FAMILY) === number % FAMILIES;
  return text.startsWith(`f${number}:`) || Math.floor(Number(text) / RANGE) === number;
};

/** The fields that there are, and those that there were. */
export class Ledger {
  fields: readonly LoadField[] = [];
  /** By every name that it has, has had or is about to have. */
  private readonly owners = new Map<string, number>();
  private readonly known = new Map<number, LoadField>();
  private names = 0;
  private numbers = 0;

  /** A name that no field has had. */
  newName(): string {
    this.names += 1;
    return `field_${this.names}`;
  }

  newNumber(): number {
    this.numbers += 1;
    return this.numbers;
  }

  /** Said before the change is asked for: answers may show it before the change is answered. */
  announce(name: string, field: LoadField): void {
    this.owners.set(name, field.number);
    if (!this.known.has(field.number)) this.known.set(field.number, field);
  }

  put(field: LoadField): void {
    this.known.set(field.number, field);
    const others = this.fields.filter(({ number }) => number !== field.number);
    this.fields = [...others, field];
  }

  remove({ number }: LoadField): void {
    this.fields = this.fields.filter((field) => field.number !== number);
  }

  /** The field that a property of an answer belongs to. */
  ownerOf(name: string): LoadField | undefined {
    return this.known.get(this.owners.get(name) ?? 0);
  }

  pick(random: Random, isFit: (field: LoadField) => boolean): LoadField | undefined {
    const fit = this.fields.filter(isFit);
    return fit.length === 0 ? undefined : random.pick(fit);
  }
}
