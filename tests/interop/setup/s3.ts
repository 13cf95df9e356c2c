import { installJars } from './maven.ts';

/** Installs S3Proxy, an S3 server over a directory: `node tests/interop/setup/s3.ts` prints where. */
export async function installS3(): Promise<string> {
  return installJars('s3proxy-4.1.0', {
    'org/gaul/s3proxy/4.1.0/s3proxy-4.1.0-jar-with-dependencies.jar':
      'a4d025969aaf796616ed4b1e2491d87d455ce84bb28cb9db086b2e6aaa68b48d',
  });
}

if (import.meta.main) console.log(await installS3());
