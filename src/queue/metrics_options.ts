/** Where metrics are served for Prometheus. */
export interface MetricsOptions {
  /** The port; they are not served where it is left out. */
  readonly metricsPort?: number;
  /**
   * The address to listen on. Another than this machine's own opens it to others.
   * @default {"127.0.0.1"}
   */
  readonly metricsHost?: string;
}
