import { foldName } from '../definition/identifiers.js';
import type { Receiver, Signal, SignalPayloads } from './signals.js';

/** Which signals a receiver gets, and when. */
export interface ReceiverOptions {
  /**
   * Receivers of lower numbers are called first, those of the same in the order in which they were connected. Default 0.
   */
  readonly order?: number;
  /**
   * Only signals about this model, such as `shop.Product`, by the name that it has at that moment; case and underscores
   * make no difference. A rename is one of both names. A function is asked the name each time, so that the models may
   * change meanwhile; it must be quick. Default: all models.
   */
  readonly model?: string | ((name: string) => boolean);
}

interface Connected {
  readonly receiver: Receiver<never>;
  readonly order: number;
  /** Whether it gets signals about the model of this name. */
  readonly isAbout: (name: string) => boolean;
}

type Subject = string | { readonly app: string; readonly name: string };

const nameOf = (subject: Subject): string => (typeof subject === 'string' ? subject : `${subject.app}.${subject.name}`);

/** The names of the model that a signal is about: two, when it is renamed. */
const modelsOf = (payload: SignalPayloads[Signal]): readonly string[] => {
  if ('model' in payload) return [nameOf(payload.model)];
  const models: Subject[] = [];
  if ('oldModel' in payload) models.push(payload.oldModel);
  if ('newModel' in payload) models.push(payload.newModel);
  return models.map(nameOf);
};

const about = (model: ReceiverOptions['model']): Connected['isAbout'] => {
  if (model === undefined) return () => true;
  if (typeof model === 'function') return model;
  const wanted = foldName(model);
  return (name) => foldName(name) === wanted;
};

/** The receivers of one signal, in the order in which they are called. */
export class ReceiverList {
  private connected: readonly Connected[] = [];

  /** @returns a function that disconnects it */
  connect(receiver: Receiver<never>, { order = 0, model }: ReceiverOptions): () => void {
    const entry = { receiver, order, isAbout: about(model) };
    // A new list each time: one that is being gone through must not move.
    this.connected = [...this.connected, entry].sort((a, b) => a.order - b.order);
    return () => (this.connected = this.connected.filter((other) => other !== entry));
  }

  /** Those who want to know of this. */
  of<S extends Signal>(payload: SignalPayloads[S]): readonly Receiver<S>[] {
    if (this.connected.length === 0) return [];
    const models = modelsOf(payload);
    return this.connected.filter(({ isAbout }) => models.some(isAbout)).map(({ receiver }) => receiver as Receiver<S>);
  }

  /** Whether anybody gets signals about a model. @param model qualified name */
  concerns(model: string): boolean {
    return this.connected.some(({ isAbout }) => isAbout(model));
  }
}
