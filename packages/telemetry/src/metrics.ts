import {
  Counter,
  type CounterConfiguration,
  collectDefaultMetrics,
  Gauge,
  type GaugeConfiguration,
  Histogram,
  type HistogramConfiguration,
  type Metric,
  Registry,
} from 'prom-client';

/** The metrics of this process, which `/metrics` writes out. */
export const registry = new Registry();

let defaultMetricsStarted = false;

/** Labels every metric with the service and starts the `process_*` and `nodejs_*` metrics, once per process. */
export function startMetrics(service: string): void {
  registry.setDefaultLabels({ service });
  if (defaultMetricsStarted) return;
  defaultMetricsStarted = true;
  collectDefaultMetrics({ register: registry });
}

/** The counter of that name, registered at the first call. */
export function counter<Label extends string = never>(
  configuration: CounterConfiguration<Label>,
): Counter<Label> {
  return registered(
    configuration.name,
    Counter<Label>,
    () => new Counter({ ...configuration, registers: [registry] }),
  );
}

/** The gauge of that name, registered at the first call; `collect` runs at every scrape. */
export function gauge<Label extends string = never>(configuration: GaugeConfiguration<Label>): Gauge<Label> {
  return registered(
    configuration.name,
    Gauge<Label>,
    () => new Gauge({ ...configuration, registers: [registry] }),
  );
}

/** The histogram of that name, registered at the first call. Durations are in seconds. */
export function histogram<Label extends string = never>(
  configuration: HistogramConfiguration<Label>,
): Histogram<Label> {
  return registered(configuration.name, Histogram<Label>, () => {
    return new Histogram({ ...configuration, registers: [registry] });
  });
}

type MetricClass<Kind> = new (...parameters: never[]) => Kind;

function registered<Kind>(name: string, kind: MetricClass<Kind>, create: () => Kind): Kind {
  const existing: Metric | undefined = registry.getSingleMetric(name);
  if (existing === undefined) return create();
  if (existing instanceof kind) return existing;
  throw new Error(`The metric ${name} is already registered as another kind; choose one kind for the name`);
}
