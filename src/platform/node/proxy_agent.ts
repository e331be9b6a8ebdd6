import type { EnvHttpProxyAgent } from "npm:undici@^7.30.2";

/** Shared by the requests of a thread, which then share connections. */
let agent: EnvHttpProxyAgent | undefined;

/**
 * Returns the connections of this thread, to which the environment variables `HTTP_PROXY`, `HTTPS_PROXY`
 * and `NO_PROXY` apply.
 */
export async function proxyAgent(): Promise<EnvHttpProxyAgent> {
  if (agent !== undefined) return agent;
  // Programs that request nothing from this thread do not load it.
  const { EnvHttpProxyAgent } = await import("npm:undici@^7.30.2");
  return agent ??= new EnvHttpProxyAgent({
    // A model may think for longer than the default of five minutes without sending a byte.
    headersTimeout: 0,
    bodyTimeout: 0,
    // A proxy may forbid tunnels to other ports than that of HTTPS, and HTTP needs none.
    proxyTunnel: false,
  });
}
