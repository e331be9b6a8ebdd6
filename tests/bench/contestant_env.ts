/**
 * The environment of a contestant: what it needs to run, the certificate that it has to trust, and
 * no variable that could change its behavior, such as a proxy.
 */
export function contestantEnv(certFile: string | null): Record<string, string> {
  const names = ["PATH", "HOME", "DENO_DIR", "XDG_CACHE_HOME", "TMPDIR"];
  const inherited = names.flatMap((name) => {
    const value = Deno.env.get(name);
    return value === undefined ? [] : [[name, value]];
  });
  const certificate = certFile === null ? {} : {
    DENO_CERT: certFile,
    NODE_EXTRA_CA_CERTS: certFile,
    SSL_CERT_FILE: certFile,
  };
  return { ...Object.fromEntries(inherited), NO_COLOR: "1", ...certificate };
}
