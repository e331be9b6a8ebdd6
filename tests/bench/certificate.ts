import { join } from "@std/path/join";

/** A certificate and its key. */
export interface Certificate {
  /** The path of the self-signed certificate. */
  readonly certFile: string;
  /** The path of the key. */
  readonly keyFile: string;
}

const CONFIG = `[req]
distinguished_name = name
x509_extensions = extensions
prompt = no
[name]
CN = 127.0.0.1
[extensions]
subjectAltName = IP:127.0.0.1
basicConstraints = critical, CA:FALSE
`;

/** Creates a certificate for 127.0.0.1, or returns null if `openssl` is not installed. */
export async function makeCertificate(
  dir: string,
): Promise<Certificate | null> {
  const configFile = join(dir, "openssl.cnf");
  const certFile = join(dir, "cert.pem");
  const keyFile = join(dir, "key.pem");
  await Deno.writeTextFile(configFile, CONFIG);
  const files = ["-config", configFile, "-out", certFile, "-keyout", keyFile];
  const curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1"];
  try {
    const { success, stderr } = await new Deno.Command("openssl", {
      args: ["req", "-x509", "-nodes", "-days", "2", ...curve, ...files],
    }).output();
    if (!success) throw new Error(new TextDecoder().decode(stderr));
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return { certFile, keyFile };
}
