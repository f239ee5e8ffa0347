import type { OnApplicationShutdown, OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost } from '@nestjs/core';
import type { Registry } from 'prom-client';
import { measureNode, type NodeState } from './node-metrics.js';
import { measurePools, poolsOf } from './pool-metrics.js';
import { measureRequests } from './request-metrics.js';

/** All of Dynamo's names begin like this. */
const PREFIX = 'dynamo_';

/** What is measured from outside of Dynamo's services, from the start of the application to its end. */
export class Metrics implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly registry: Registry,
    private readonly node: NodeState,
    private readonly adapterHost: HttpAdapterHost,
  ) {}

  onModuleInit(): void {
    measureNode(this.node, this.registry);
    measurePools(poolsOf(this.node), this.registry);
    const { httpAdapter } = this.adapterHost;
    // An application without HTTP has an adapter that has no server.
    if (httpAdapter?.getHttpServer() !== undefined) measureRequests(httpAdapter, this.registry);
  }

  /** So that the next application of this process may have the registry. */
  onApplicationShutdown(): void {
    for (const { name } of this.registry.getMetricsAsArray()) {
      if (name.startsWith(PREFIX)) this.registry.removeSingleMetric(name);
    }
  }
}
