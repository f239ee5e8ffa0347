import type { FactoryProvider } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { Registry } from 'prom-client';
import { SchemaListener } from './cluster/schema-listener.service.js';
import { BackgroundChangeStore } from './database/background-change.store.js';
import { ModelsDatabase } from './database/models-database.js';
import { Replicas } from './database/replicas/replicas.js';
import { DYNAMO_MEASURES, DYNAMO_OPTIONS } from './dynamo.constants.js';
import { NO_MEASURES } from './dynamo.measures.js';
import type { ResolvedDynamoOptions } from './dynamo.options.js';
import { EventStreams } from './http/events/event-streams.service.js';
import { ModelRegistry } from './pipeline/model.registry.js';

const DYNAMO_METRICS = Symbol('DYNAMO_METRICS');

/** Whoever gives a registry has prom-client, and nobody else needs it; so what is built on it is loaded only then. */
const registryOf = ({ metrics }: ResolvedDynamoOptions): Registry | undefined => metrics as Registry | undefined;

/** What is measured, and what measures it. */
export const METRICS: readonly FactoryProvider[] = [
  {
    provide: DYNAMO_MEASURES,
    inject: [DYNAMO_OPTIONS],
    useFactory: async (options: ResolvedDynamoOptions) => {
      const registry = registryOf(options);
      if (registry === undefined) return NO_MEASURES;
      const { PrometheusMeasures } = await import('./metrics/prometheus-measures.js');
      return new PrometheusMeasures(registry);
    },
  },
  {
    provide: DYNAMO_METRICS,
    inject: [
      DYNAMO_OPTIONS,
      HttpAdapterHost,
      ModelRegistry,
      SchemaListener,
      EventStreams,
      ModelsDatabase,
      BackgroundChangeStore,
      Replicas,
    ],
    useFactory: async (
      options: ResolvedDynamoOptions,
      adapterHost: HttpAdapterHost,
      registry: ModelRegistry,
      listener: SchemaListener,
      streams: EventStreams,
      database: ModelsDatabase,
      background: BackgroundChangeStore,
      replicas: Replicas,
    ) => {
      const metrics = registryOf(options);
      if (metrics === undefined) return undefined;
      const { Metrics } = await import('./metrics/metrics.service.js');
      return new Metrics(metrics, { registry, listener, streams, database, background, replicas }, adapterHost);
    },
  },
];
