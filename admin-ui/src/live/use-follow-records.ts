import { useEffect } from 'react';
import type { FieldDescriptor, ModelDescriptor } from '../models/model-descriptor.js';
import { eventChannel } from './event-channel.js';

/** Keeps records of a model on the screen as they are, and what they show of others. @param fields that are shown */
export const useFollowRecords = ({ path }: ModelDescriptor, fields: readonly FieldDescriptor[]): void => {
  const related = fields.flatMap(({ relation }) => relation?.path ?? []);
  const paths = [...new Set([path, ...related])].sort().join(' ');
  useEffect(() => {
    const stops = paths.split(' ').map((each) => eventChannel.follow(each));
    return () => {
      for (const stop of stops) stop();
    };
  }, [paths]);
};
