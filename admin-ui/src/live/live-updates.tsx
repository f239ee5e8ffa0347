import { type Query, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { MODELS_KEY } from '../models/use-models.js';
import { forgetSession } from '../session/session.js';
import { eventChannel } from './event-channel.js';
import type { ServerEvent } from './server-event.js';

/** How long further events are waited for, in milliseconds: what changes all the time is not asked for all the time. */
const MOMENT = 250;

/** What the events of a moment have made doubtful. */
class Doubts {
  private isAboutModels = false;
  private isAboutEverything = false;
  private readonly paths = new Set<string>();

  add(event: ServerEvent): void {
    if (event.kind === 'missed' || event.kind === 'rights') this.isAboutEverything = true;
    if (event.kind === 'rights') forgetSession();
    if (event.kind === 'schema') this.isAboutModels = true;
    if (event.kind === 'schema' || event.kind === 'records') this.paths.add(event.path);
  }

  readonly concern = ({ queryKey: [first] }: Query): boolean => {
    const key = String(first);
    if (this.isAboutEverything) return true;
    return this.paths.has(key) || (this.isAboutModels && key === MODELS_KEY[0]);
  };
}

/** Asks anew for what is on the screen when the server says that it is another by now. Shows nothing. */
export const LiveUpdates = (): null => {
  const queries = useQueryClient();
  useEffect(() => {
    let doubts = new Doubts();
    let due: number | undefined;
    const refresh = () => {
      const { concern } = doubts;
      due = undefined;
      doubts = new Doubts();
      void queries.invalidateQueries({ predicate: concern });
    };
    const stop = eventChannel.listen((event) => {
      doubts.add(event);
      due ??= window.setTimeout(refresh, MOMENT);
    });
    return () => {
      stop();
      window.clearTimeout(due);
    };
  }, [queries]);
  return null;
};
