import { generate } from 'selfsigned';

/** A key and a self-signed certificate for this machine's own names, the one from a container too. */
export async function selfSigned(): Promise<{ key: string; cert: string }> {
	const pem = await generate([{ name: 'commonName', value: 'localhost' }], {
		keyType: 'ec',
		algorithm: 'sha256',
		extensions: [
			{ name: 'basicConstraints', cA: true, critical: true },
			{
				name: 'subjectAltName',
				altNames: [
					{ type: 2, value: 'localhost' },
					{ type: 2, value: 'host.docker.internal' },
					{ type: 7, ip: '127.0.0.1' },
					{ type: 7, ip: '::1' },
				],
			},
		],
	});
	return { key: pem.private, cert: pem.cert };
}
